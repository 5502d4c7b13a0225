// What every browser test stands on: the window on its scripted backend, with nothing allowed to go wrong unseen.
import { expect, type Locator, type Page, test as base } from "@playwright/test";

import type { Hook } from "../../ui/src/ipc/hook";

declare global {
  interface Window {
    tidings?: Hook;
  }
}

export type Told = Parameters<Hook["arrive"]>[0];

export class Tidings {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the window on a scene, for example `scene=empty`. */
  async open(scene = ""): Promise<void> {
    await this.page.goto(scene === "" ? "" : `?${scene}`);
    await expect(this.page.getByRole("heading", { level: 1 })).toBeAttached();
  }

  /** What the middle is about. */
  get title(): Locator {
    return this.page.getByRole("main").getByRole("heading", { level: 2 }).first();
  }
  get list(): Locator {
    return this.page.getByRole("listbox", { name: "Events, newest first" });
  }
  get events(): Locator {
    return this.list.getByRole("option");
  }
  get reader(): Locator {
    return this.page.getByRole("region", { name: "Event", exact: true });
  }
  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }
  get feeds(): Locator {
    return this.page.getByRole("navigation", { name: "Feeds" });
  }

  /** The button of the feed whose name begins so. */
  feed(name: string): Locator {
    return this.feeds.getByRole("button", { name: new RegExp(`^${name}`) });
  }

  event(name: string | RegExp): Locator {
    return this.events.filter({ hasText: name });
  }

  async menu(feed: string, item: string): Promise<void> {
    await this.feed(feed).click({ button: "right" });
    await this.page.getByRole("menuitem", { name: item }).click();
  }

  async arrive(...told: Told[]): Promise<void> {
    await this.page.evaluate((events) => window.tidings!.arrive(...events), told);
  }

  async emit(update: Parameters<Hook["emit"]>[0]): Promise<void> {
    await this.page.evaluate((each) => window.tidings!.emit(each), update);
  }

  async fail(command: Parameters<Hook["fail"]>[0], failure: Parameters<Hook["fail"]>[1]): Promise<void> {
    await this.page.evaluate(([name, how]) => window.tidings!.fail(name, how), [command, failure] as const);
  }

  /** The arguments of every call of a command so far. */
  async calls(command: Hook["calls"][number]["command"]): Promise<unknown[][]> {
    return this.page.evaluate((name) => window.tidings!.calls.filter((call) => call.command === name).map(({ args }) => args), command);
  }
}

/** The window; a test fails on any error in its console and on any request that would leave it. */
export const test = base.extend<{ tidings: Tidings }>({
  tidings: async ({ page, baseURL }, use) => {
    const wrong: string[] = [];
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
    page.on("request", (request) => request.url().startsWith(baseURL!) || /^data:(,|image\/png;base64,)/.test(request.url()) || wrong.push(`request to ${request.url()}`));
    // It is two in the afternoon, whenever the tests run: where midnight falls among the events decides where headings stand.
    await page.addInitScript(() => {
      const now = Date.now.bind(Date);
      const shiftMs = new Date().setHours(14, 0, 0, 0) - now();
      Date.now = () => now() + shiftMs;
    });
    // As the app's webview does it.
    await page.addInitScript(() => Object.freeze(Object.prototype));
    await use(new Tidings(page));
    expect(wrong).toEqual([]);
  },
});

export { expect };
