/** A state as people see it: always a word and a shape, never colour alone. */
export interface Look {
  text: string;
  /** As the chips of the window know them. */
  tone: 'live' | 'upcoming' | 'expired' | 'error' | 'changed' | 'accent';
  shape: 'disc' | 'ring' | 'square' | 'triangle' | 'diamond' | 'pause';
}
