import { fromMilliseconds, type Instant } from '../../shared/domain/instant';

/** The page's clock. `now` moves every ten seconds, enough for a status or "in 5 minutes"; `read()` is exact. */
class Clock {
  now = $state<Instant>(fromMilliseconds(Date.now()));

  constructor() {
    setInterval(() => {
      this.now = this.read();
    }, 10_000);
  }

  read(): Instant {
    return fromMilliseconds(Date.now());
  }
}

export const clock = new Clock();
