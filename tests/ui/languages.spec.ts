// Made-up languages show what is hard-coded, cut off or laid out for one direction; German is complete in the window.
import type { Locator } from "@playwright/test";

import { stretched as made } from "../../ui/src/text/stretch";
import { faults } from "./axe";
import { expect, test, type Tidings } from "./window";

type Role = Parameters<Tidings["page"]["getByRole"]>[0];

/** Finds things by their English names, whatever these are made of. */
class Reader {
  readonly tidings: Tidings;
  constructor(tidings: Tidings) {
    this.tidings = tidings;
  }
  get page() {
    return this.tidings.page;
  }
  by(role: Role, name: string, inside: Locator | null = null): Locator {
    return (inside ?? this.page.locator("body")).getByRole(role, { name: made(name), exact: true });
  }
  button(name: string, inside: Locator | null = null): Locator {
    return this.by("button", name, inside);
  }
  label(name: string): Locator {
    return this.page.getByLabel(made(name), { exact: true }).first();
  }
  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }
  get events(): Locator {
    return this.page.getByRole("option").filter({ has: this.page.locator("time") });
  }
  feed(name: string): Locator {
    return this.page.locator("nav button").filter({ hasText: name }).first();
  }
  async menu(feed: string, item: string): Promise<void> {
    if (!(await this.feed(feed).isVisible())) await this.button("Feeds").click();
    await this.feed(feed).click({ button: "right" });
    await this.page.getByRole("menuitem", { name: made(item), exact: true }).click();
  }
  /** Goes to a place; on a narrow window by way of the feeds. */
  async visit(place: string): Promise<void> {
    const open = this.button(place);
    if (!(await open.isVisible())) await this.button("Feeds").click();
    await open.click();
  }
}

/** Every view and dialog, each in a window of its own. */
const VIEWS: Record<string, { scene?: string; show(at: Reader): Promise<void> }> = {
  "an event": {
    async show(at) {
      await at.tidings.arrive({ feed: "f1", title: "Disk full", body: "On web-1", trace: { presented: "suppressed", rule: "Night", stop: { kind: "rule" }, template: "this takes too many steps" }, link: "https://example.org/", priority: "urgent" });
      await expect(at.events.first()).toContainText("Disk full");
      await at.events.first().click();
      await expect(at.page.getByText(made("Why was I not notified?"))).toBeVisible();
    },
  },
  "events chosen together": {
    async show(at) {
      await at.events.nth(1).click({ modifiers: ["ControlOrMeta"] });
      await at.events.nth(3).click({ modifiers: ["Shift"] });
      await expect(at.page.getByRole("toolbar")).toBeVisible();
    },
  },
  "help for searching": { show: (at) => at.button("How to search").click() },
  "a wrong search": {
    async show(at) {
      await at.page.getByRole("combobox").fill("is:stared");
      await expect(at.page.locator("[aria-invalid=true]")).toBeVisible();
    },
  },
  "a search without a result": {
    async show(at) {
      await at.page.getByRole("combobox").fill("zebra");
      await expect(at.page.getByText(made("Nothing found")).last()).toBeVisible();
    },
  },
  suggestions: {
    async show(at) {
      await at.page.getByRole("combobox").pressSequentially("priority:");
      await expect(at.page.getByRole("listbox", { name: made("Suggestions") })).toBeVisible();
    },
  },
  "the dialog to keep a search": {
    async show(at) {
      await at.page.getByRole("combobox").fill("priority:urgent");
      await at.button("Keep this search…").click();
      await at.dialog.getByRole("textbox").fill("");
      await at.button("Save", at.dialog).click();
      await expect(at.dialog.getByText(made("Enter a name."))).toBeVisible();
    },
  },
  "the dialog for an export": {
    async show(at) {
      await at.button("More for this list").click();
      await at.by("menuitem", "Export…").click();
      await expect(at.dialog).toBeVisible();
    },
  },
  "a deletion": {
    async show(at) {
      await at.events.first().click();
      await at.button("Delete").click();
      await expect(at.button("Undo")).toBeVisible();
    },
  },
  "a feed's menu": {
    async show(at) {
      if (!(await at.feed("Deploys").isVisible())) await at.button("Feeds").click();
      await at.feed("Deploys").click({ button: "right" });
    },
  },
  "the dialog with faults": {
    async show(at) {
      await at.visit("Add feed");
      await at.label("User name and password").check();
      await at.button("Add header", at.dialog).click();
      await at.button("Add feed", at.dialog).click();
      await expect(at.dialog.getByText(made("Enter the feed’s address."))).toBeVisible();
    },
  },
  "the dialog with a test result": {
    async show(at) {
      await at.visit("Add feed");
      await at.label("Address (URL)").fill("https://example.org/events");
      await at.button("Test this URL").click();
      await expect(at.dialog.getByText(made("It works"))).toBeVisible();
    },
  },
  "the dialog with everything set": {
    async show(at) {
      await at.menu("Build farm", "Edit…");
      for (const fold of ["Advanced", "What events say"]) await at.dialog.getByText(made(fold), { exact: true }).click();
      await expect(at.label("Method")).toBeVisible();
    },
  },
  "a key to compare": {
    async show(at) {
      await at.menu("Build farm", "Edit…");
      await at.label("Address (URL)").fill("https://homemade.example.org/feed");
      await at.button("Test this URL").click();
      await at.button("Compare the fingerprints").click();
      await at.dialog.getByText(made("Where the operator finds it")).click();
    },
  },
  "the question before removing": { show: (at) => at.menu("Deploys", "Remove…") },
  "no feeds": { scene: "scene=nofeeds", show: async () => undefined },
  "no events": { scene: "scene=empty", show: async () => undefined },
  problems: { scene: "scene=problems", show: async () => undefined },
  "a feed that sends more than popups can show": {
    scene: "scene=bursting",
    async show(at) {
      if (!(await at.feed("Deploys").isVisible())) await at.button("Feeds").click();
      await at.feed("Deploys").click();
      await expect(at.button("Keep in history only")).toBeVisible();
    },
  },
  settings: {
    async show(at) {
      await at.visit("Settings");
      await at.label("Hold popups back in quiet hours").check();
      await at.button("Send a test notification").click();
      await expect(at.page.getByText("1.9.0")).toBeVisible();
    },
  },
  "an imported list": {
    async show(at) {
      await at.visit("Settings");
      await at.button("Import feeds…").click();
      await at.dialog.getByRole("textbox").fill("https://example.org/a\nhttps://example.org/b?token=x  Other\nno feed");
      await at.button("Show what is in it").click();
      await expect(at.dialog.getByRole("checkbox").first()).toBeVisible();
    },
  },
  shortcuts: {
    async show(at) {
      await at.page.keyboard.press("?");
      await expect(at.dialog).toBeVisible();
    },
  },
  "the palette": {
    async show(at) {
      await at.page.keyboard.press("Control+k");
      await expect(at.dialog.getByRole("option").first()).toBeVisible();
    },
  },
  "no rules": {
    async show(at) {
      await at.visit("Rules");
      await expect(at.page.getByText(made("No rules yet"))).toBeVisible();
    },
  },
  rules: {
    scene: "scene=rules",
    async show(at) {
      await at.visit("Rules");
      await expect(at.button("Add rule")).toBeVisible();
    },
  },
  "a rule": {
    scene: "scene=rules",
    async show(at) {
      await at.visit("Rules");
      await at.button("Add rule").click();
      await at.label("One of these").check();
      await at.button("Compare a value", at.dialog).click();
      await at.label("Only at these times").check();
      await at.button("Add rule", at.dialog).click();
    },
  },
  dashboard: {
    scene: "scene=instruments",
    async show(at) {
      await at.visit("Dashboard");
      await expect(at.button("Keep these")).toBeVisible();
    },
  },
  "a tile": {
    scene: "scene=instruments",
    async show(at) {
      await at.visit("Dashboard");
      await at.button("Add tile").first().click();
      await expect(at.dialog.getByRole("combobox").first()).toBeVisible();
    },
  },
  "a chart": {
    scene: "scene=instruments",
    async show(at) {
      await at.visit("Dashboard");
      await at.page.locator("h4 button").first().click();
      await at.button("Show as a table").click();
    },
  },
  health: {
    async show(at) {
      await at.visit("Health");
      await at.page.getByRole("button", { expanded: false }).filter({ hasText: "Wikimedia" }).click();
      await expect(at.page.getByRole("button", { expanded: true }).filter({ hasText: "Wikimedia" })).toBeVisible();
    },
  },
  diagnostics: {
    async show(at) {
      await at.visit("Health");
      await at.button("Diagnostics…").click();
      await expect(at.dialog).toBeVisible();
    },
  },
};

/** What is said in plain letters although it is nobody's own words: text, and names for those who hear them. */
function untranslated({ page }: Tidings): Promise<string[]> {
  return page.evaluate(() => {
    // What people and servers wrote stands in the direction of its letters; code, keys and drawings have no language.
    const OWN = "[dir=auto], code, pre, kbd, svg, script, style, textarea, [role=tree], [lang]:not(html)";
    const own = new Set([...document.querySelectorAll("[dir=auto]")].map((element) => element.textContent));
    // Capitals alone are a unit, a method or a protocol; addresses and fingerprints are examples of what is typed.
    const plain = (words: string) => /[a-z]{2}/.test(words.replace(/⟦[^]*⟧|\S+:\/\/\S*|sha256\/\S*/g, "")) && !own.has(words);
    const out: string[] = [];
    for (const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); walker.nextNode(); ) {
      const { parentElement: parent, data } = walker.currentNode as Text;
      if (parent!.closest(OWN) === null && parent!.checkVisibility() && plain(data)) out.push(data);
    }
    for (const element of document.body.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
      if (element.closest(OWN) !== null) continue;
      for (const name of ["aria-label", "title", "placeholder", "alt"]) {
        const said = element.getAttribute(name);
        if (said !== null && plain(said)) out.push(`${name}: ${said}`);
      }
    }
    if (plain(document.title.replace("Tidings", ""))) out.push(document.title);
    return out;
  });
}

/** What doesn't show all of its words, or stands out of the window. */
function cutOff({ page }: Tidings): Promise<string[]> {
  return page.evaluate(() => {
    const out: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) out.push(`the page: ${root.scrollWidth} > ${root.clientWidth}`);
    for (const element of document.querySelectorAll<HTMLElement>("button, label, legend, h1, h2, h3, h4, summary, dt, .hint, .error, .empty p, input, select, textarea")) {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest(".unseen") !== null) continue;
      const { left, right } = element.getBoundingClientRect();
      if (left < -1 || right > innerWidth + 1) out.push(`out of the window: ${element.outerHTML.slice(0, 160)}`);
      if (/^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName)) continue;
      // What people and servers wrote may be as long as it likes.
      const own = element.closest("[dir=auto]") !== null || element.querySelector("[dir=auto]") !== null;
      if (!own && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline") out.push(`cut: ${element.outerHTML.slice(0, 160)}`);
    }
    return out;
  });
}

async function show(tidings: Tidings, view: string, language: string): Promise<void> {
  const { scene, show: shown } = VIEWS[view]!;
  await tidings.open(`${scene ?? "scene=usual"}&lang=${language}`);
  await shown(new Reader(tidings));
}

for (const view of Object.keys(VIEWS)) {
  test(`nothing is hard-coded or cut off in ${view}`, async ({ tidings }) => {
    await show(tidings, view, "pseudo");
    await expect.poll(() => untranslated(tidings)).toEqual([]);
    await expect.poll(() => cutOff(tidings)).toEqual([]);
  });

  test.describe("420 pixels", () => {
    test.use({ viewport: { width: 420, height: 800 } });
    test(`nothing is cut off in ${view}, from right to left`, async ({ tidings }) => {
      await show(tidings, view, "rtl");
      await expect.poll(() => cutOff(tidings)).toEqual([]);
    });
  });
}

test.describe("from right to left", () => {
  test("the panes are mirrored, and what others wrote keeps its own direction", async ({ tidings, page }) => {
    await tidings.open("lang=rtl");
    const at = new Reader(tidings);
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await tidings.arrive({ feed: "f1", title: "Disk 1 (of 2) is full!", body: "On web-1." }, { feed: "f1", title: "القرص 1 ممتلئ", body: "web-1" });
    await expect(at.events.first()).toContainText("القرص");
    await at.events.first().click();
    const left = async (pane: Locator) => (await pane.boundingBox())!.x;
    const [feeds, list, event] = [page.getByRole("navigation").first(), at.page.getByRole("listbox").first(), at.by("region", "Event")];
    await expect.poll(async () => (await left(feeds)) > (await left(list)) && (await left(list)) > (await left(event))).toBe(true);
    await expect(event.getByRole("heading", { level: 2 })).toHaveCSS("direction", "rtl");
    await at.events.nth(1).click();
    await expect(event.getByRole("heading", { level: 2 })).toHaveText("Disk 1 (of 2) is full!");
    await expect(event.getByRole("heading", { level: 2 })).toHaveCSS("direction", "ltr");
  });

  test("the arrow that points away from a feed reaches its actions", async ({ tidings, page }) => {
    await tidings.open("lang=rtl");
    const at = new Reader(tidings);
    await at.feed("Deploys").focus();
    await page.keyboard.press("ArrowRight");
    await expect(at.feed("Deploys")).toBeFocused();
    await page.keyboard.press("ArrowLeft");
    await expect(at.button("Actions for Deploys")).toBeFocused();
  });

  test("a run of states is unfolded by the arrow that points into it", async ({ tidings, page }) => {
    await tidings.open("lang=rtl");
    const at = new Reader(tidings);
    await tidings.arrive(...[1, 2, 3].map((turn) => ({ feed: "f2", title: `BTC ${turn}`, key: "BTC" })));
    await expect(at.events.first()).toContainText("BTC 3");
    await at.events.first().click();
    const lines = () => at.events.first().getAttribute("aria-setsize");
    const folded = await lines();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(lines).not.toBe(folded);
    await page.keyboard.press("ArrowRight");
    await expect.poll(lines).toBe(folded);
  });
});

test.describe("German", () => {
  test.use({ locale: "de-DE" });

  test("is spoken where the desktop speaks it, dates and numbers too", async ({ tidings, page }) => {
    await tidings.open();
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    await expect(page.getByRole("button", { name: "Feed hinzufügen" })).toBeVisible();
    await expect(page.getByText("Heute").first()).toBeVisible();
    await expect(page.getByText("Der Server hat die Verbindung abgelehnt.")).toHaveCount(0);
    await page.locator("nav button").filter({ hasText: "Wikimedia" }).first().click();
    expect(await faults(page)).toEqual([]);
    await expect(page.getByText(/Nächster Versuch in .* – Der Server hat die Verbindung abgelehnt\./)).toBeVisible();
  });
});

test("another language is spoken at once, where one was, and at the next start", async ({ tidings, page }) => {
  await tidings.open();
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  await page.getByLabel("Language").focus();
  await page.getByLabel("Language").selectOption("Deutsch");
  await expect(page.getByRole("heading", { name: "Einstellungen" })).toBeVisible();
  await expect(page.getByLabel("Sprache")).toBeFocused();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect.poll(async () => (await tidings.calls("setWindow")).at(-1)).toMatchObject([{ language: "de" }]);
  await page.getByLabel("Sprache").selectOption("English");
  await expect(page.getByRole("heading", { name: "Settings", exact: true })).toBeVisible();
  expect(await tidings.calls("attach")).toHaveLength(1);
});

test("the language of the last start is spoken from the first paint on", async ({ tidings, page }) => {
  await page.addInitScript(() => localStorage.setItem("look", JSON.stringify({ language: "de" })));
  await tidings.open();
  // The scripted backend has no settings of an earlier run: it says "as the desktop", which is English here.
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});
