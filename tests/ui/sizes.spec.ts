// Nothing is cut off or runs out of the window, from 320 to 2560 pixels and at twice the text size.
import { expect, test, type Tidings } from "./window";

const LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3);

async function overflow(tidings: Tidings): Promise<string[]> {
  return tidings.page.evaluate(() => {
    const out: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) out.push(`page ${root.scrollWidth} > ${root.clientWidth}`);
    for (const button of document.querySelectorAll<HTMLElement>("button, input, select, textarea, code, h1, h2")) {
      if (!button.checkVisibility({ visibilityProperty: true })) continue;
      const { left, right } = button.getBoundingClientRect();
      if (left < -1 || right > innerWidth + 1) out.push(button.outerHTML.slice(0, 100));
    }
    return out;
  });
}

/** Walks through the views, whatever is folded. */
async function walk(tidings: Tidings): Promise<void> {
  const { page } = tidings;
  await tidings.open("scene=problems");
  await tidings.emit({ kind: "problems", problems: [{ part: "settings", message: LONG }] });
  await tidings.arrive({ feed: "f1", title: LONG, body: LONG, eventType: LONG, lastEventId: LONG, trace: { presented: "suppressed", rule: LONG, stop: { kind: "rule" }, template: LONG }, link: `https://${"x".repeat(200)}.example/`, priority: "urgent" });
  await expect(tidings.events.first()).toContainText(LONG);
  await expect.poll(() => overflow(tidings)).toEqual([]);
  await page.getByRole("button", { name: "How to search" }).click();
  await expect(page.getByRole("dialog", { name: "How to search" })).toBeInViewport({ ratio: 1 });
  await expect.poll(() => overflow(tidings)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("combobox").fill(`is:${LONG}`);
  await expect(page.getByRole("search").getByText("Write is:unread")).toBeVisible();
  await expect.poll(() => overflow(tidings)).toEqual([]);
  await page.getByRole("combobox").fill(`${LONG} ${LONG}${LONG}`);
  await expect(page.getByText("Nothing found").last()).toBeVisible();
  await expect.poll(() => overflow(tidings)).toEqual([]);
  await page.getByRole("combobox").press("Escape");
  await page.getByRole("button", { name: "More for this list" }).click();
  await page.getByRole("menuitem", { name: "Export…" }).click();
  await expect.poll(() => overflow(tidings)).toEqual([]);
  await page.keyboard.press("Escape");
  await tidings.events.first().click();
  await expect(tidings.reader.getByRole("heading", { level: 2 })).toBeVisible();
  await expect.poll(() => overflow(tidings)).toEqual([]);
  await page.keyboard.press("Delete");
  await expect(page.getByRole("button", { name: "Undo" })).toBeInViewport({ ratio: 1 });
  await expect.poll(() => overflow(tidings)).toEqual([]);
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("button", { name: "Undo" })).toBeHidden();
  await tidings.emit({ kind: "state", feed: "f4", state: { kind: "waiting", untilMs: Date.now() + 60_000, why: { code: "other", message: LONG } } });
  for (const name of ["Back", "Feeds"]) {
    const button = page.getByRole("button", { name, exact: true });
    if (await button.isVisible()) await button.click();
  }
  await expect.poll(() => overflow(tidings)).toEqual([]);
  await tidings.feed("Wikimedia").click();
  await expect.poll(() => overflow(tidings)).toEqual([]);
  const feeds = page.getByRole("button", { name: "Feeds", exact: true });
  if (await feeds.isVisible()) await feeds.click();
  await page.getByRole("button", { name: "Add feed" }).click();
  await tidings.dialog.getByLabel("Address (URL)").fill(`https://example.org/${LONG}`);
  await tidings.dialog.getByLabel("User name and password").check();
  await tidings.dialog.getByRole("button", { name: "Add header" }).click();
  await expect.poll(() => overflow(tidings)).toEqual([]);
  await tidings.dialog.getByText("Advanced", { exact: true }).click();
  await tidings.dialog.getByLabel("Method").selectOption("POST");
  await tidings.dialog.getByRole("textbox", { name: "Client certificate" }).fill(LONG);
  await tidings.dialog.getByLabel("This one").check();
  await expect.poll(() => overflow(tidings)).toEqual([]);
  await tidings.dialog.getByLabel("Address (URL)").fill("https://homemade.example.org/feed");
  await tidings.dialog.getByLabel("None", { exact: true }).first().check();
  await tidings.dialog.getByRole("textbox", { name: "Client certificate" }).first().fill("");
  await tidings.dialog.getByLabel("As in the settings").check();
  await tidings.dialog.getByRole("button", { name: "Test this URL" }).click();
  await tidings.dialog.getByRole("button", { name: "Show the key’s fingerprint" }).click();
  await tidings.dialog.getByText("Where the operator finds it").click();
  await expect.poll(() => overflow(tidings)).toEqual([]);
}

for (const width of [320, 480, 699, 700, 820, 899, 900, 1100, 1600, 2560]) {
  test.describe(`${width} pixels`, () => {
    test.use({ viewport: { width, height: 600 } });
    test("everything fits", ({ tidings }) => walk(tidings));
  });
}

test.describe("text at twice its size", () => {
  test.use({ viewport: { width: 1100, height: 720 } });
  test("everything fits", async ({ tidings, page }) => {
    const browser = await page.context().newCDPSession(page);
    await browser.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
    await walk(tidings);
  });
});
