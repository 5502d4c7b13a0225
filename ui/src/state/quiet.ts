// Quiet hours as a person fills them in: what the fields begin with, what is wrong, what is sent.
import type { Day, Quiet } from "../ipc/bindings";

export const DAYS: readonly Day[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

export type QuietDraft = { on: boolean; from: string; to: string; days: Record<Day, boolean>; letsUrgentThrough: boolean };
type Hours = Extract<Quiet, { kind: "hours" }>;
export type QuietFault = "from" | "to" | "days";

const NIGHT: Hours = { kind: "hours", from: "22:00", to: "07:00", days: [], letsUrgentThrough: true };

/** Fills the fields; where quiet hours are off, with a night that most people would want. */
export function draftOf(quiet: Quiet): QuietDraft {
  const hours = quiet.kind === "hours" ? quiet : NIGHT;
  const chosen = (day: Day) => hours.days.length === 0 || hours.days.includes(day);
  const days = Object.fromEntries(DAYS.map((day) => [day, chosen(day)])) as Record<Day, boolean>;
  return { on: quiet.kind === "hours", from: hours.from, to: hours.to, days, letsUrgentThrough: hours.letsUrgentThrough };
}

/** Names the first field that can't be used. */
export function faultOf(draft: QuietDraft): QuietFault | null {
  const isTime = (time: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
  if (!draft.on) return null;
  if (!isTime(draft.from)) return "from";
  if (!isTime(draft.to)) return "to";
  return DAYS.some((day) => draft.days[day]) ? null : "days";
}

/** Gives what is sent; every day is told as none, as the settings have it. */
export function quietOf({ on, from, to, days, letsUrgentThrough }: QuietDraft): Quiet {
  if (!on) return { kind: "off" };
  const chosen = DAYS.filter((day) => days[day]);
  return { kind: "hours", from, to, days: chosen.length === DAYS.length ? [] : chosen, letsUrgentThrough };
}

/** Tells whether hours end on the day they begin on, the next, or last a whole day. */
export function endOf({ from, to }: QuietDraft): "same" | "next" | "whole" {
  return to === from ? "whole" : to < from ? "next" : "same";
}
