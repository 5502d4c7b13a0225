// What a test can do with the scripted backend, and see of it.
import type { Backend } from "./backend";
import type { Failure, Update } from "./bindings";
import type { Told } from "./scene";

/** What tests hold in their hands, as `window.tidings`. */
export type Hook = {
  /** Every call in order, with its arguments. */
  calls: { command: keyof Backend; args: unknown[] }[];
  /** Sends an update as it is. */
  emit(update: Update): void;
  /** Stores events and tells of them in one update. */
  arrive(...told: Told[]): void;
  /** Lets events pour in until the answer is called. */
  flood(perSecond: number, feed?: string): () => void;
  /** Makes the next call of a command fail. */
  fail(command: keyof Backend, failure: Failure): void;
  /** Makes every call take this long. */
  delayMs: number;
  /** Where the person saves an export, without its ending; null where they save nothing. */
  saveAs: string | null;
  /** Whether the person chooses a picture. */
  picks: boolean;
};

declare global {
  interface Window {
    tidings?: Hook;
  }
}
