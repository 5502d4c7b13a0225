// The demo: one click in, one click out, from wherever it is met.
import { faults } from "./axe";
import { expect, test } from "./window";

test("without feeds the demo is one click away, and one click takes it away again", async ({ tidings, page }) => {
  await tidings.open("scene=nofeeds");
  await page.getByRole("button", { name: "Look at a demo" }).click();
  await expect(tidings.feed("Ticker, Live")).toBeVisible();
  await expect(tidings.feeds).toContainText("The demo is playing.");
  await tidings.feeds.getByRole("button", { name: "Remove the demo" }).click();
  await expect(page.getByLabel("Paste a feed URL")).toBeFocused();
  await expect.poll(() => tidings.calls("removeDemo")).toHaveLength(1);
});

test("the demo goes and leaves a person's own feeds, with the focus among them", async ({ tidings, page }) => {
  await tidings.open("scene=demo");
  await tidings.feeds.getByRole("button", { name: "Remove the demo" }).press("Enter");
  await expect(tidings.feed("Ticker")).toHaveCount(0);
  await expect(tidings.feed("Deploys")).toBeVisible();
  await expect(tidings.feeds).not.toContainText("The demo is playing.");
  await expect(tidings.feed("All feeds")).toBeFocused();
  await expect(page.getByRole("status").first()).toContainText("Removed the demo.");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(tidings.feed("Ticker, Live")).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo" })).toBeHidden();
  await expect.poll(() => tidings.calls("addDemo")).toHaveLength(1);
});

test("settings bring the demo back and take it away", async ({ tidings, page }) => {
  await tidings.open();
  await page.keyboard.press(",");
  await page.getByRole("button", { name: "Look at a demo" }).click();
  await expect(tidings.feed("Workshop, Live")).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Remove the demo" }).click();
  await expect(tidings.feed("Workshop")).toHaveCount(0);
});

test("a demo that can't be begun says why and leaves the way to a feed", async ({ tidings, page }) => {
  await tidings.open("scene=nofeeds");
  await tidings.fail("addDemo", { code: "storage", field: null, message: "The disk is full." });
  await page.getByRole("button", { name: "Look at a demo" }).click();
  await expect(page.getByRole("status")).toContainText("The disk is full.");
  await expect(page.getByLabel("Paste a feed URL")).toBeVisible();
});

for (const scheme of ["light", "dark"] as const) {
  for (const scene of ["nofeeds", "demo"]) {
    test(`the demo in ${scene} is accessible in ${scheme}`, async ({ tidings, page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await tidings.open(`scene=${scene}`);
      await expect(page.getByRole("button", { name: /demo/ })).toBeVisible();
      expect(await faults(page)).toEqual([]);
    });
  }
}
