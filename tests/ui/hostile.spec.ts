// Whatever a feed sends is shown as text: no script runs, no element is made of it, no request leaves.
import type { Page } from "@playwright/test";

import { HOSTILE } from "./hostile";
import { expect, test, type Tidings } from "./window";

/** Some of each kind, for where each takes long and is shown as a field holds it. */
const SOME = HOSTILE.filter((text) => /^(?! )[ -~]+$/.test(text) && !text.includes("  ")).filter((_, at) => at % 28 === 0);

/** The kinds of elements that the page consists of. */
const elements = (page: Page) => page.evaluate(() => [...new Set([...document.querySelectorAll("body *")].map(({ localName }) => localName))].sort());

/** What the page must not hold, whatever was shown. */
async function expectHarmless(page: Page, harmless: readonly string[]): Promise<void> {
  expect((await elements(page)).filter((name) => !harmless.includes(name))).toEqual([]);
  expect(await page.evaluate(() => ({
    ran: "pwned" in window || "pwned" in Object.prototype,
    handlers: [...document.querySelectorAll("*")].filter(({ attributes }) => [...attributes].some(({ name }) => name.startsWith("on"))).length,
    pointing: document.querySelectorAll("body [href], body [srcdoc], body [action], body [formaction], body [ping], body [srcset]").length,
    loading: [...document.querySelectorAll("body [src]")].filter((each) => !/^(\.\/|data:image\/png;base64,)/.test(each.getAttribute("src")!)).length,
    titled: document.title.includes("<"),
  }))).toEqual({ ran: false, handlers: 0, pointing: 0, loading: 0, titled: false });
}

/** Lets an event come that consists of a text, from a feed that does too, and opens it; gives those that weren't shown as they are. */
function showAll(page: Page, texts: readonly string[], asJson: boolean): Promise<string[]> {
  return page.evaluate(async ([all, json]) => {
    const tidings = window.tidings!;
    const plain = (text: string | null | undefined) => (text ?? "").replace(/\s+/g, " ").trim();
    const shown = (text: string, data: string) => {
      const reader = document.querySelector("[data-pane=event]")!;
      const told = [...reader.querySelectorAll("[role=treeitem] .words")].map((line) => line.textContent);
      // In a tree names and values stand as they were sent, escapes and all.
      const sent = JSON.stringify(text);
      const isThere = json ? told.some((line) => line.includes(sent.slice(1, -1).slice(0, 300))) : reader.querySelector("pre")?.textContent === data || told.length > 0;
      return isThere && reader.querySelector("h2")?.textContent === text && plain(reader.querySelector(".body")?.textContent).endsWith(plain(text));
    };
    const missed: string[] = [];
    for (const [turn, text] of all.entries()) {
      const why = { code: "other" as const, message: text };
      const connection = { method: text, body: true, authority: true, clientCertificate: true, pin: text, proxy: { kind: "url" as const, url: text, username: text }, silenceSeconds: null, longestWaitSeconds: null, plainHttp: false };
      tidings.emit({ kind: "feed", feed: { id: "f1", name: text, icon: { kind: "emoji", emoji: text }, url: text, enabled: true, notify: true, allowed: { urgency: "urgent", pictures: false }, mute: { kind: "off" }, bursting: false, preset: null, recognised: null, signIn: { kind: "basic", username: text }, headerNames: [text], connection, secrets: "kept", state: { kind: "waiting", untilMs: Date.now() + 9e6, why }, unread: 3 } });
      tidings.emit({ kind: "problems", problems: [{ part: "settings", message: text }] });
      const data = json ? JSON.stringify({ [text]: text, list: [text, { [text]: [text] }] }) : text;
      tidings.arrive({ feed: "f1", title: text, body: `${turn} ${text}`, eventType: text, lastEventId: text, link: text, key: text, data, actions: [{ label: text, url: text }], trace: { presented: "suppressed", rule: text, stop: { kind: "rule" }, template: text } });
      // The harmless event was the first.
      tidings.emit({ kind: "open", event: String(turn + 2) });
      let frames = 0;
      while (!shown(text, data) && frames++ < 300) await new Promise(requestAnimationFrame);
      if (!shown(text, data)) missed.push(text);
    }
    return missed;
  }, [texts, asJson] as const);
}

/** Opens an event without harm and gives the elements that it is shown by. */
async function begin(tidings: Tidings, page: Page, data: string): Promise<string[]> {
  await tidings.open("scene=empty");
  await tidings.arrive({ feed: "f1", title: "harmless", body: "body", link: "https://example.org", priority: "high", data, actions: [{ label: "Look", url: "https://example.org" }], trace: { presented: "suppressed", rule: "A rule", stop: { kind: "rule" }, template: "A template" } });
  await tidings.emit({ kind: "problems", problems: [{ part: "settings", message: "harmless" }] });
  await tidings.event("harmless").click();
  await expect(tidings.reader.getByRole("button", { name: "Look" })).toBeVisible();
  // A name, a feed with a state and a run of events are shown by elements of their own.
  return [...(await elements(page)), "strong", "ul", "li", "section", "pre", "h4"];
}

test("there are two hundred of them and more, none twice", () => {
  expect(HOSTILE.length).toBeGreaterThanOrEqual(200);
});

for (const part of [0, 1, 2, 3]) {
  const texts = HOSTILE.filter((_, at) => at % 4 === part);

  test(`as title, body, type, key, link, feed, error and data they are text (${part + 1} of 4)`, async ({ tidings, page }) => {
    const harmless = await begin(tidings, page, "harmless");
    expect(await showAll(page, texts, false)).toEqual([]);
    await expectHarmless(page, harmless);
  });

  test(`as names and values in JSON they are text (${part + 1} of 4)`, async ({ tidings, page }) => {
    const harmless = await begin(tidings, page, '{"harmless":[true]}');
    expect(await showAll(page, texts, true)).toEqual([]);
    await expectHarmless(page, harmless);
  });
}

test("typed into the search and the palette they are text", async ({ tidings, page }) => {
  await tidings.open();
  const harmless = [...(await elements(page)), "dialog", "strong", "ul", "li", "kbd", "mark", "section", "h3", "code", "p", "button", "header", "input", "label"];
  const type = (name: string) => page.getByRole("combobox", { name }).evaluate(async (box, texts) => {
    for (const [at, text] of texts.entries()) {
      (box as HTMLInputElement).value = text;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      // Each is drawn; every few of them a frame is painted too.
      await (at % 6 === 0 ? new Promise(requestAnimationFrame) : Promise.resolve());
    }
  }, HOSTILE);
  await type("Search");
  await expectHarmless(page, harmless);
  await page.evaluate((texts) => {
    for (const [at, text] of texts.entries()) window.tidings!.emit({ kind: "feed", feed: { id: `h${at}`, name: text, icon: { kind: "none" }, url: text, enabled: true, notify: true, allowed: { urgency: "urgent", pictures: false }, mute: { kind: "off" }, bursting: false, preset: null, recognised: null, signIn: { kind: "none" }, headerNames: [], connection: { method: "", body: false, authority: false, clientCertificate: false, pin: "", proxy: { kind: "system" }, silenceSeconds: null, longestWaitSeconds: null, plainHttp: false }, secrets: "notNeeded", state: { kind: "needsPerson", why: { code: "other", message: text } }, unread: 1 } });
  }, HOSTILE);
  await page.keyboard.press("Control+k");
  await type("Find feeds, settings and actions");
  await page.getByRole("combobox", { name: "Find feeds, settings and actions" }).fill("onerror");
  await expect(page.getByRole("dialog").getByRole("option").first()).toContainText("onerror");
  await expectHarmless(page, harmless);
});

test("an answer that failed is text", async ({ tidings, page }) => {
  await tidings.open("scene=empty");
  await tidings.fail("pause", { code: "storage", field: null, message: HOSTILE.find((text) => text.includes("onerror"))! });
  await page.getByRole("button", { name: "Pause all" }).click();
  await expect(page.getByRole("status")).toContainText("onerror");
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
});

test("hostile searches, answers and titles do no harm", async ({ tidings, page }) => {
  await tidings.open();
  const box = page.getByRole("combobox");
  const elements = async () => page.locator("body *").evaluateAll((all) => [...new Set(all.map(({ localName }) => localName))].sort());
  await box.fill("is:stared nothing");
  await expect(page.getByRole("search").getByText("Write is:unread")).toBeVisible();
  await box.fill("zebra");
  await expect(page.getByText("Nothing found").last()).toBeVisible();
  await box.press("Escape");
  await tidings.events.nth(1).click();
  await expect(tidings.reader.locator("pre")).toBeVisible();
  await page.keyboard.press("Delete");
  const harmless = await elements();
  for (const text of SOME) {
    await page.evaluate((hostile) => window.tidings!.arrive({ feed: "f1", title: hostile }), text);
    await tidings.fail("search", { code: "storage", field: null, message: text });
    await box.fill(`"${text.replaceAll('"', "'")}" zebra`);
    await expect(box).toHaveAccessibleDescription(text);
    await box.press("Enter");
    await expect(page.getByText("Nothing found").last()).toBeVisible();
    await box.press("Escape");
    await tidings.events.first().click();
    await page.keyboard.press("Delete");
    await expect(page.getByRole("status")).toContainText(`Deleted “${text}”.`);
  }
  expect((await elements()).filter((name) => !harmless.includes(name))).toEqual([]);
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
});

test("hostile names and answers do no harm in the dialogs", async ({ tidings, page }) => {
  await tidings.open("scene=empty");
  for (const text of SOME) {
    await tidings.emit({ kind: "feed", feed: { id: "f1", name: `f ${text}`, icon: { kind: "emoji", emoji: text }, url: text, enabled: true, notify: true, allowed: { urgency: "urgent", pictures: false }, mute: { kind: "off" }, bursting: false, preset: null, recognised: null, signIn: { kind: "basic", username: text }, headerNames: [text], connection: { method: text, body: true, authority: true, clientCertificate: true, pin: text, proxy: { kind: "url", url: text, username: text }, silenceSeconds: null, longestWaitSeconds: null, plainHttp: false }, secrets: "kept", state: { kind: "needsPerson", why: { code: "signIn", message: text } }, unread: 0 } });
    await tidings.menu("f ", "Edit…");
    await expect(tidings.dialog.getByLabel("Address (URL)")).toHaveValue(text);
    await tidings.fail("probe", { code: "invalid", field: "url", message: text });
    await tidings.dialog.getByRole("button", { name: "Test this URL" }).click();
    await expect(tidings.dialog.getByLabel("Address (URL)")).toHaveAccessibleDescription(text);
    await page.keyboard.press("Escape");
    await tidings.menu("f ", "Remove…");
    await expect(page.getByRole("alertdialog")).toContainText(text);
    await page.keyboard.press("Escape");
  }
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
  await expect(page.locator("dialog, iframe, img, object, embed, style, base")).toHaveCount(0);
});
