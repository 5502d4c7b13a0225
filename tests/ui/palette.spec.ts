// One key finds every feed, kept search, setting and action, and brings the focus back where it was.
import type { Locator, Page } from "@playwright/test";

import { faults } from "./axe";
import { expect, test } from "./window";

const palette = (page: Page): Locator => page.getByRole("dialog", { name: "Find feeds, settings and actions" });
const options = (page: Page): Locator => palette(page).getByRole("option");
const chosen = (page: Page): Locator => palette(page).getByRole("option", { selected: true });

async function ask(page: Page, words: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("combobox")).toBeFocused();
  await page.keyboard.type(words);
}

test("a feed is found and gone to by keys alone", async ({ tidings, page }) => {
  await tidings.open();
  await ask(page, "homsen");
  await expect(chosen(page)).toHaveText(/^Home sensors\s*Feed\s*$/);
  await expect(palette(page).getByRole("combobox")).toHaveAttribute("aria-activedescendant", (await chosen(page).getAttribute("id"))!);
  await page.keyboard.press("Enter");
  await expect(palette(page)).toHaveCount(0);
  await expect(tidings.title).toHaveText("Home sensors");
  await expect(tidings.list).toBeFocused();
});

test("arrows walk around the list, Escape and the key itself give the focus back", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.feed("Deploys").focus();
  for (const leave of ["Escape", "Control+k"]) {
    await ask(page, "");
    await expect(chosen(page)).toHaveText(/^Search\s*\/$/);
    await page.keyboard.press("ArrowUp");
    await expect(options(page).last()).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("ArrowDown");
    await expect(options(page).first()).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press(leave);
    await expect(palette(page)).toHaveCount(0);
    await expect(tidings.feed("Deploys")).toBeFocused();
  }
});

test("actions are done, with their keys beside them, and those that make no sense are left out", async ({ tidings, page }) => {
  await tidings.open();
  await ask(page, "add");
  await expect(chosen(page)).toHaveText(/^Add a feed\s*a$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Add a feed" })).toBeVisible();
  await page.keyboard.press("Escape");

  await ask(page, "resume");
  await expect(palette(page).getByText("Nothing is called that.")).toBeVisible();
  await expect(options(page)).toHaveCount(0);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await ask(page, "mute hour");
  await page.keyboard.press("Enter");
  await expect.poll(() => tidings.calls("mute")).toEqual([[null, "hour"]]);
  await ask(page, "test not");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").getByText("The test notification was sent.")).toBeVisible();
  await ask(page, "reconnect");
  await options(page).first().click();
  await expect.poll(() => tidings.calls("reconnect")).toEqual([[null]]);
});

test("a single setting is gone to, wherever it stands", async ({ tidings, page }) => {
  await tidings.open();
  for (const [words, role, name] of [["dark", "radio", "As the desktop"], ["megab", "textbox", "Megabytes"], ["start at login", "checkbox", "Start at login"], ["import events", "button", "Import events…"]] as const) {
    await ask(page, words);
    await page.keyboard.press("Enter");
    await expect(page.getByRole(role, { name }).first()).toBeFocused();
  }
});

test("what was used lately comes first", async ({ tidings, page }) => {
  await tidings.open();
  for (const words of ["health", "price tick"]) {
    await ask(page, words);
    await page.keyboard.press("Enter");
    await expect(palette(page)).toHaveCount(0);
  }
  await ask(page, "");
  await expect(options(page).nth(0)).toHaveText(/^Price ticker\s*Used lately\s*$/);
  await expect(options(page).nth(1)).toHaveText(/^Health\s*Used lately\s*$/);
});

test("the sheet lists every key of an action, and where they are found", async ({ tidings, page }) => {
  await tidings.open();
  await page.keyboard.press("?");
  const anywhere = tidings.dialog.getByRole("region", { name: "Anywhere" });
  await expect(anywhere.locator("dt")).toHaveText(["/", "CtrlF", "a", "CtrlK", ",", "CtrlZ", "?", "F6", "Escape", "CtrlQ"]);
  await expect(anywhere.getByText("Find feeds, settings and actions")).toBeVisible();
});

test("in a narrow window nothing leaves it", async ({ tidings, page }) => {
  await page.setViewportSize({ width: 320, height: 480 });
  await tidings.open();
  await ask(page, "e");
  await expect(options(page).first()).toBeVisible();
  expect(await palette(page).evaluate((dialog) => [...dialog.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > innerWidth).length)).toBe(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test("axe finds nothing", async ({ tidings, page }) => {
      await tidings.open();
      await ask(page, "e");
      await expect(options(page).first()).toBeVisible();
      expect(await faults(page)).toEqual([]);
    });
  });
}
