// Spans of the day and quiet hours as a person fills them in: what the fields begin with, what is wrong, what is sent.
import type { Day, Quiet, RuleHours } from "../ipc/bindings";

export const DAYS: readonly Day[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

export type HoursDraft = { on: boolean; from: string; to: string; days: Record<Day, boolean> };
export type QuietDraft = HoursDraft & { letsUrgentThrough: boolean };
export type QuietFault = "from" | "to" | "days";

const NIGHT: RuleHours = { from: "22:00", to: "07:00", days: [] };

/** Fills the fields of a span; where there is none, with a night that most people would want. */
export function hoursDraftOf(hours: RuleHours | null): HoursDraft {
  const { from, to, days } = hours ?? NIGHT;
  const chosen = (day: Day) => days.length === 0 || days.includes(day);
  return { on: hours !== null, from, to, days: Object.fromEntries(DAYS.map((day) => [day, chosen(day)])) as Record<Day, boolean> };
}

/** Fills the fields of quiet hours. */
export function draftOf(quiet: Quiet): QuietDraft {
  const hours = quiet.kind === "hours" ? quiet : null;
  return { ...hoursDraftOf(hours), letsUrgentThrough: hours?.letsUrgentThrough ?? true };
}

/** Names the first field that can't be used. */
export function faultOf(draft: HoursDraft): QuietFault | null {
  const isTime = (time: string) => /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(time);
  if (!draft.on) return null;
  if (!isTime(draft.from)) return "from";
  if (!isTime(draft.to)) return "to";
  return DAYS.some((day) => draft.days[day]) ? null : "days";
}

/** Gives the span that is sent; every day is told as none, as the settings have it. */
export function hoursOf({ on, from, to, days }: HoursDraft): RuleHours | null {
  if (!on) return null;
  const chosen = DAYS.filter((day) => days[day]);
  return { from, to, days: chosen.length === DAYS.length ? [] : chosen };
}

/** Gives the quiet hours that are sent. */
export function quietOf(draft: QuietDraft): Quiet {
  const hours = hoursOf(draft);
  return hours === null ? { kind: "off" } : { kind: "hours", ...hours, letsUrgentThrough: draft.letsUrgentThrough };
}

/** Tells whether hours end on the day they begin on, the next, or last a whole day. */
export function endOf({ from, to }: HoursDraft): "same" | "next" | "whole" {
  return to === from ? "whole" : to < from ? "next" : "same";
}
