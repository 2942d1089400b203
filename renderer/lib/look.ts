import type { PlainKey } from '../../shared/words/message';
import { say } from './say.svelte';

/** A state as people see it: always a word and a shape, never colour alone. */
export interface Look {
  readonly text: string;
  /** As the chips of the window know them. */
  readonly tone: 'live' | 'upcoming' | 'expired' | 'error' | 'changed' | 'accent';
  readonly shape: 'disc' | 'ring' | 'square' | 'triangle' | 'diamond' | 'pause';
}

/** The look of a state whose word is said anew each time it is read, in the language of that moment. */
export function look(word: PlainKey, tone: Look['tone'], shape: Look['shape']): Look {
  return {
    get text() {
      return say(word);
    },
    tone,
    shape,
  };
}
