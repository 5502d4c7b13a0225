// Starts the window on the backend at hand.
import { mount } from "svelte";

import type { Backend } from "./ipc/backend";
import { tauri } from "./ipc/tauri";
import { wished } from "./state/look";
import { Session } from "./state/session.svelte";
import "./style.css";
import "./patterns.css";
import { speak, text } from "./text";
import Spoken from "./views/Spoken.svelte";

async function backend(): Promise<Backend | null> {
  if ("__TAURI_INTERNALS__" in window) return tauri;
  // Known when building: the scripted backend is no part of the app.
  if (import.meta.env.MODE === "fake") return (await import("./ipc/fake")).fake();
  return null;
}

async function start(target: HTMLElement): Promise<void> {
  const found = await backend();
  await speak(wished(localStorage), found);
  if (found === null) {
    target.textContent = text.window.outside;
    return;
  }
  const session = new Session(found);
  mount(Spoken, { target, props: { session } });
  await session.start();
}

const target = document.getElementById("app");
if (target !== null) void start(target);
