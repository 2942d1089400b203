/** A short message at the window's corner. */
export interface ToastItem {
  id: number;
  tone: 'info' | 'success' | 'error';
  message: string;
  action?: { label: string; run: () => void } | undefined;
}
