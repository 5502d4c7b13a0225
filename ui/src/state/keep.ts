// History limits as a person fills them in: an empty field is without a limit.
import type { Keep } from "../ipc/bindings";

export type Limit = Exclude<keyof Keep, "bodies">;
export type KeepDraft = Record<Limit, string> & Pick<Keep, "bodies">;

export const LIMITS: readonly Limit[] = ["days", "events", "megabytes"];

/** Fills the fields. */
export function keepDraftOf(keep: Keep): KeepDraft {
  const field = (limit: number) => (limit === 0 ? "" : String(limit));
  return { days: field(keep.days), events: field(keep.events), megabytes: field(keep.megabytes), bodies: keep.bodies };
}

/** Gives what a field says, null where that is no limit. Twelve digits are more than any disk holds. */
export function limitOf(typed: string): number | null {
  const digits = typed.trim();
  if (digits === "") return 0;
  return /^\d{1,12}$/.test(digits) && Number(digits) > 0 ? Number(digits) : null;
}

/** Gives the limits, or the first field that says none. */
export function keepOf(draft: KeepDraft): Keep | Limit {
  const keep: Keep = { days: 0, events: 0, megabytes: 0, bodies: draft.bodies };
  for (const limit of LIMITS) {
    const said = limitOf(draft[limit]);
    if (said === null) return limit;
    keep[limit] = said;
  }
  return keep;
}

/** Whether less is kept than before, so that events may have to go. */
export function keepsLess(to: Keep, from: Keep): boolean {
  return LIMITS.some((limit) => to[limit] !== 0 && (from[limit] === 0 || to[limit] < from[limit]));
}
