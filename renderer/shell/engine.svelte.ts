import type { BackendState } from '../../shared/ipc/native';

/** The state of the backend process, which this window calls its engine. */
class Engine {
  state = $state<BackendState>('starting');
  detail = $state('');
  /** How often it came back after it was lost: what is on screen may then be stale. */
  returns = $state(0);

  listen(): () => void {
    return window.laurel.onBackendState((state, detail) => {
      if (state === 'ready' && (this.state === 'restarting' || this.state === 'lost')) this.returns += 1;
      this.state = state;
      this.detail = detail;
    });
  }

  restart(): Promise<void> {
    return window.laurel.restartBackend();
  }
}

export const engine = new Engine();
