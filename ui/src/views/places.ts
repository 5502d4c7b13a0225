// The places of the window beside the history, in the order of their buttons; another one is a file here and a line below.
import type { Component } from "svelte";

import type { IconName } from "../parts/drawings";
import type { Session } from "../state/session.svelte";
import { text } from "../text";
import Dashboard from "./Dashboard.svelte";
import Health from "./Health.svelte";
import Rules from "./Rules.svelte";
import Settings from "./Settings.svelte";

/** What a place is given; `back` leads to the feeds where they aren't in sight. */
export type PlaceProps = { session: Session; back: (() => void) | null };

export type PlaceName = "dashboard" | "rules" | "health" | "settings";

/** A view exports `focus`; tsc reads no Svelte files and would find none. */
export type Place = { name: PlaceName; icon: IconName; title: () => string; View: Component<PlaceProps, any> };

export const PLACES: readonly Place[] = [
  { name: "dashboard", icon: "dashboard", title: () => text.dashboard.title, View: Dashboard },
  { name: "rules", icon: "rules", title: () => text.rules.place, View: Rules },
  { name: "health", icon: "pulse", title: () => text.health.title, View: Health },
  { name: "settings", icon: "gear", title: () => text.settings.title, View: Settings },
];

/** Gives the place of that name. */
export function placeOf(name: PlaceName): Place {
  return PLACES.find((place) => place.name === name)!;
}
