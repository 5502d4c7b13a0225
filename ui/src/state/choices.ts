// What can be chosen where there are few choices.
import type { Density, Language, OnClose, Priority, Theme } from "../ipc/bindings";

export const THEMES: readonly Theme[] = ["system", "light", "dark", "highContrast"];
export const DENSITIES: readonly Density[] = ["comfortable", "compact"];
export const LANGUAGES: readonly Language[] = ["system", "en", "de"];
export const CLOSINGS: readonly OnClose[] = ["tray", "quit"];
/** From the one that matters least. */
export const PRIORITIES: readonly Priority[] = ["min", "low", "normal", "high", "urgent"];
/** Sizes of text in per cent; a step is what the eye notices. */
export const SIZES: readonly number[] = [90, 100, 110, 125, 150, 175, 200];
