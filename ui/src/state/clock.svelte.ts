// The present instant as something that views follow, ticking only while one of them looks.
import { createSubscriber } from "svelte/reactivity";

class Clock {
  readonly #subscribe: () => void;

  constructor(everyMs: number) {
    this.#subscribe = createSubscriber((update) => {
      const timer = setInterval(update, everyMs);
      return () => clearInterval(timer);
    });
  }

  /** Milliseconds since the Unix epoch. */
  get nowMs(): number {
    this.#subscribe();
    return Date.now();
  }
}

/** For countdowns: twice a second, so that no second is seen to be skipped. */
export const seconds = new Clock(500);

/** For "4 min ago" and for midnight. */
export const minutes = new Clock(15_000);
