// Long work: how far it is, in sight wherever the window is, with a way to stop it.
import { faults } from "./axe";
import { expect, test } from "./window";

const work = (done: number, more = {}) => ({ number: 1, kind: "import" as const, done, total: 200, canStop: true, ...more });

test("an import says how far it is in every place, and is stopped from there", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.emit({ kind: "works", works: [work(50)] });
  const bar = page.getByRole("progressbar", { name: "Importing events" });
  await expect(bar).toHaveJSProperty("position", 0.25);
  await page.keyboard.press(",");
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  await tidings.emit({ kind: "works", works: [work(100)] });
  await expect(bar).toHaveJSProperty("position", 0.5);
  await expect(page.getByRole("region", { name: "Under way" })).toContainText("50");
  await page.getByRole("button", { name: "Cancel: Importing events" }).press("Enter");
  await expect.poll(() => tidings.calls("stopWork")).toEqual([[1]]);
  await expect(bar).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest("[data-pane=place]") !== null)).toBe(true);
});

test("work that is over at once is never shown", async ({ tidings, page }) => {
  await tidings.open();
  await page.evaluate(() => {
    window.tidings!.emit({ kind: "works", works: [{ number: 1, kind: "export", done: 0, total: null, canStop: true }] });
    const region = document.querySelector("[aria-label='Under way']")!;
    new MutationObserver(() => document.body.setAttribute("data-shown-work", "")).observe(region, { attributes: true, childList: true });
    window.tidings!.emit({ kind: "works", works: [] });
    setTimeout(() => document.body.setAttribute("data-waited", ""), 600);
  });
  await expect(page.locator("body[data-waited]")).toBeAttached();
  await expect(page.locator("body[data-shown-work]")).toHaveCount(0);
});

test("what must go on has no way to stop it, and what nobody can measure no number", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.emit({ kind: "works", works: [work(0, { kind: "check", total: null, canStop: false })] });
  const bar = page.getByRole("progressbar", { name: "Checking the history" });
  await expect(bar).toHaveJSProperty("position", -1);
  await expect(page.getByRole("region", { name: "Under way" }).getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Under way" })).not.toContainText("%");
});

test("the dialog of an export gives way to the window once it is under way", async ({ tidings, page }) => {
  await tidings.open();
  await page.evaluate(() => (window.tidings!.delayMs = 1_500));
  await page.getByRole("button", { name: "More for this list" }).click();
  await page.getByRole("menuitem", { name: "Export…" }).click();
  await tidings.dialog.getByRole("button", { name: "Choose file…" }).click();
  await tidings.emit({ kind: "works", works: [work(20, { kind: "export" })] });
  await expect(tidings.dialog).toHaveCount(0);
  await expect(page.getByRole("progressbar", { name: "Exporting events" })).toBeVisible();
});

test("an export that was stopped is told as what was asked for", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.fail("exportEvents", { code: "stopped", field: null, message: "The export was stopped. No file was written." });
  await page.getByRole("button", { name: "More for this list" }).click();
  await page.getByRole("menuitem", { name: "Export…" }).click();
  await tidings.dialog.getByRole("button", { name: "Choose file…" }).click();
  await expect(page.getByRole("status").last()).toContainText("The export was stopped.");
});

for (const scheme of ["light", "dark"] as const) {
  test(`long work is accessible in ${scheme}`, async ({ tidings, page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await tidings.open();
    await tidings.emit({ kind: "works", works: [work(50), work(3, { number: 2, kind: "salvage", canStop: false })] });
    await expect(page.getByRole("progressbar")).toHaveCount(2);
    expect(await faults(page)).toEqual([]);
  });
}
