// What each view looks like, held against the pictures beside this file; `npm --prefix ui run test:ui -- pictures --update-snapshots` takes them anew.
import { expect, test, type Tidings } from "./window";

const VIEWS: Record<string, { scene?: string; show(tidings: Tidings): Promise<void> }> = {
  history: { show: (tidings) => tidings.event("web 2.14.0 is live").first().click() },
  search: {
    async show({ page, events }) {
      await page.getByRole("combobox").fill("api");
      await expect(page.getByText("29 found")).toBeVisible();
      await events.first().click();
    },
  },
  "first-run": { scene: "scene=nofeeds", show: async () => undefined },
  adding: {
    async show({ page, dialog }) {
      await page.getByRole("button", { name: "Add feed" }).click();
      await dialog.getByLabel("Address (URL)").fill("https://example.org/events");
      await dialog.getByRole("button", { name: "Test this URL" }).click();
      await expect(dialog.getByRole("status")).toContainText("It works");
    },
  },
  feed: { show: (tidings) => tidings.menu("Deploys", "Edit…") },
  rules: { scene: "scene=rules", show: ({ feeds }) => feeds.getByRole("button", { name: "Rules" }).click() },
  rule: {
    scene: "scene=rules",
    async show({ page, feeds, dialog }) {
      await feeds.getByRole("button", { name: "Rules" }).click();
      await page.getByRole("button", { name: "Big moves", exact: true }).press("Enter");
      await expect(dialog.getByRole("status", { name: "On stored events" })).toContainText("would have decided");
    },
  },
  dashboard: {
    scene: "scene=instruments",
    async show({ page }) {
      await page.getByRole("button", { name: "Dashboard" }).click();
      await expect(page.getByText("Progress").last()).toBeVisible();
    },
  },
  health: { show: ({ page }) => page.getByRole("button", { name: "Health" }).click() },
  settings: { show: ({ page }) => page.getByRole("button", { name: "Settings" }).click() },
  palette: {
    async show({ page }) {
      await page.keyboard.press("Control+k");
      await page.keyboard.type("de");
    },
  },
};

// The font of the pictures comes from outside the page.
test.use({ bypassCSP: true });

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [name, { scene, show }] of Object.entries(VIEWS)) {
      test(`${name} looks as it did`, async ({ tidings, page }) => {
        await page.clock.setFixedTime("2026-03-04T14:00:00Z");
        await tidings.open(scene);
        await show(tidings);
        await expect(page).toHaveScreenshot(`${name}-${colorScheme}.png`);
      });
    }
  });
}
