import type { NativeApi } from '../../shared/ipc/native';

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly laurel: NativeApi;
  }
}
