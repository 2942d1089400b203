import type { WirePort } from '../../shared/ipc/wire';

/** A wire port over a MessagePort of the page. */
export function domPort(port: MessagePort): WirePort {
  return {
    post: (message, transfer) => port.postMessage(message, [...transfer]),
    onMessage: (listener) => {
      port.addEventListener('message', (event: MessageEvent<unknown>) => listener(event.data));
      port.start();
    },
    // Not every Chromium tells a page that the other end has closed; the backend's state, which main tells, always comes.
    onClose: (listener) => port.addEventListener('close', listener, { once: true }),
    close: () => port.close(),
  };
}
