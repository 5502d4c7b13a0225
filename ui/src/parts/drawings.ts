// The small drawings beside words, as paths on a square of 16.
import type { Preset } from "../ipc/bindings";

export const DRAWINGS = {
  inbox: "M2.5 9.5 4.2 3.6a1 1 0 0 1 1-.7h5.6a1 1 0 0 1 1 .7l1.7 5.9v3a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1zM2.5 9.5h3.2l.9 1.6h2.8l.9-1.6h3.2",
  add: "M8 3v10M3 8h10",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  resume: "M5 3.2v9.6L12.5 8z",
  back: "M9.8 3.5 5.3 8l4.5 4.5",
  up: "M8 12.8V3.6M4 7.4l4-4 4 4",
  close: "m4 4 8 8M12 4l-8 8",
  copy: "M5.5 5.5v-2a1 1 0 0 1 1-1h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-2M3.5 5.5h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1z",
  link: "M9.5 2.5h4v4M13.2 2.8 7.5 8.5M11.5 9v3.5a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1H7",
  read: "M2.5 6.2 8 2.6l5.5 3.6v6.3a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1zM2.7 6.4 8 9.8l5.3-3.4",
  unread: "M3.5 3.5h9a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM2.7 4.3 8 8.6l5.3-4.3",
  check: "m3.2 8.4 3.1 3.1 6.5-7",
  warn: "M8 2.4 14.2 13H1.8zM8 6.4v3.2M8 11.4h.01",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.2 3.2",
  star: "m8 2.2 1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4-2.9-2.8 4-.6z",
  bin: "M2.8 4.3h10.4M6 4.2V3a.6.6 0 0 1 .6-.6h2.8a.6.6 0 0 1 .6.6v1.2M4.2 4.4l.6 8.2a1 1 0 0 0 1 .9h4.4a1 1 0 0 0 1-.9l.6-8.2M6.7 7v3.8M9.3 7v3.8",
  help: "M6.2 6.2a1.9 1.9 0 1 1 2.7 1.7c-.6.3-.9.7-.9 1.3M8 11.3h.01M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z",
  bell: "M6.6 12.5a1.5 1.5 0 0 0 2.8 0M3 10.3h10c-.8-.9-1.4-1.8-1.4-4.3a3.6 3.6 0 0 0-7.2 0c0 2.5-.6 3.4-1.4 4.3z",
  muted: "M6.6 12.5a1.5 1.5 0 0 0 2.8 0M5 4.3A3.6 3.6 0 0 1 11.6 6c0 2.5.7 3.4 1.4 4.2M3 10.2c.9-1 1.4-1.8 1.4-4.2 0-.3 0-.5.1-.8M3 10.3h7.2M2.5 2.5l11 11",
  house: "M2.5 7.6 8 2.8l5.5 4.8M4 6.6v6.6h8V6.6M6.6 13.1V9.6h2.8v3.5",
  flame: "M8 1.9c.4 2.4 3.8 4 3.8 7.6A3.8 3.8 0 0 1 8 13.8a3.8 3.8 0 0 1-3.8-4.3c0-1.5.8-2.6 1.6-3.4.2 1 .6 1.6 1.2 1.9C6.8 5.6 7 3.6 8 1.9z",
  globe: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM2.2 8h11.6M8 2c4.2 4 4.2 8 0 12M8 2c-4.2 4-4.2 8 0 12",
  speech: "M3.5 2.8h9a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H7.4l-3 2.6v-2.6h-.9a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1z",
  megaphone: "M2.5 6.5v3h2.2l6 3V3.5l-6 3zM12.8 6.300c.9.9.9 2.5 0 3.4M5.2 9.8l.8 3h1.6l-.7-2.5",
  hub: "M8 9.6a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2zM8 6.300V2.5M8 13.5V9.700M6.6 7.2 3.300 5.300M12.700 10.700 9.4 8.8M9.4 7.2l3.300-1.9M3.300 10.700l3.300-1.9",
  channels: "M2.5 5.2c1.8-1.5 3.700-1.5 5.5 0s3.700 1.5 5.5 0M2.5 8.5c1.8-1.5 3.700-1.5 5.5 0s3.700 1.5 5.5 0M2.5 11.8c1.8-1.5 3.700-1.5 5.5 0s3.700 1.5 5.5 0",
} as const;

export type IconName = keyof typeof DRAWINGS;

/** What stands for the services that are a thing of their own; none are anybody's signs. */
export const SERVICES: Partial<Record<Preset, IconName>> = {
  ntfy: "megaphone",
  mercure: "hub",
  nchan: "channels",
  mastodon: "speech",
  homeAssistant: "house",
  wikimedia: "globe",
  firebase: "flame",
};
