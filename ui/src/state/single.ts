// Every single setting by its name and the group it stands in, so that it can be found and gone to.
import { text } from "../text";

/** A group of the settings by its title, and what in it is meant by the words it shows. */
export type Single = { readonly group: string; readonly label: string; readonly also?: string };

/** Gives all in the order of their page. */
export function singles(): Single[] {
  const { notifications, look, starting, settings, keep, moving, about } = text;
  const of = (group: string, ...labels: (string | [label: string, also: Record<string, string>])[]) =>
    labels.map((each): Single => (typeof each === "string" ? { group, label: each } : { group, label: each[0], also: Object.values(each[1]).join(" ") }));
  return [
    ...of(notifications.title, notifications.quiet),
    ...of(look.title, [look.theme, look.themes], [look.density, look.densities], look.size, [look.language, look.languages]),
    ...of(starting.title, starting.login, starting.hidden, [starting.closing, starting.closings]),
    ...of(settings.history, ...Object.values(keep.labels)),
    ...of(moving.title, moving.feeds, moving.events, moving.settings),
    ...of(about.title, about.title, about.licences),
  ];
}

/** Finds what is meant on the page: what a person would press or fill in there. */
export function fieldOf(page: Element, { group, label }: Single): HTMLElement | null {
  const said = (element: Element) => element.textContent.trim() === label;
  const section = [...page.querySelectorAll("section")].find((each) => each.querySelector("h3")?.textContent.trim() === group);
  const words = section === undefined ? undefined : [...section.querySelectorAll("label, legend, button, h4, h3")].find(said);
  if (words === undefined) return null;
  if (words instanceof HTMLButtonElement) return words;
  if (words instanceof HTMLLabelElement && words.control !== null) return words.control;
  return (words.parentElement ?? section)!.querySelector<HTMLElement>("input:checked, input:not(:disabled), select, button");
}
