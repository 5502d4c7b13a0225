// Every view passes axe in light and dark, and in the person's own colours it still shows what is chosen.
import { faults } from "./axe";
import { expect, test, type Tidings } from "./window";

const VIEWS: Record<string, { scene?: string; show(tidings: Tidings): Promise<void> }> = {
  "the history": { show: async () => undefined },
  "a chosen event": { show: (tidings) => tidings.event("web 2.14.0 is live").first().click() },
  "a folded run, unfolded": {
    async show(tidings) {
      await tidings.arrive(...[1, 2, 3].map((turn) => ({ feed: "f2", title: `BTC ${turn}`, key: "BTC" })));
      await tidings.page.getByText("3 updates").click();
    },
  },
  "events chosen together": {
    async show({ page, events }) {
      await events.nth(1).click();
      await events.nth(3).click({ modifiers: ["Shift"] });
      await expect(page.getByRole("toolbar")).toContainText("3 chosen");
    },
  },
  "a kept search and suggestions": {
    async show({ page, dialog }) {
      await page.getByRole("combobox").fill("priority:urgent");
      await page.getByRole("button", { name: "Keep this search…" }).click();
      await dialog.getByRole("button", { name: "Save" }).click();
      await page.getByRole("combobox").fill("");
      await page.getByRole("combobox").pressSequentially("is:");
      await page.keyboard.press("ArrowDown");
    },
  },
  "the dialog to keep a search": {
    async show({ page, dialog }) {
      await page.getByRole("combobox").fill("priority:urgent");
      await page.getByRole("button", { name: "Keep this search…" }).click();
      await dialog.getByLabel("Name").fill("");
      await dialog.getByRole("button", { name: "Save" }).click();
    },
  },
  "a waiting feed": { show: (tidings) => tidings.feed("Wikimedia").click() },
  "a feed that needs the keyring": { show: (tidings) => tidings.feed("Backups").click() },
  "a feed that sends more than popups can show": {
    scene: "scene=bursting",
    async show(tidings) {
      await tidings.feed("Deploys").click();
      await expect(tidings.page.getByText("sends more than popups can show")).toBeVisible();
    },
  },
  "what a search found": {
    async show({ page, events }) {
      await page.getByRole("combobox").fill("api");
      await expect(page.getByText("29 found")).toBeVisible();
      await events.first().click();
    },
  },
  "a wrong search": {
    async show({ page }) {
      await page.getByRole("combobox").fill("is:stared");
      await expect(page.getByRole("search").getByText("Write is:unread")).toBeVisible();
    },
  },
  "a search without a result": {
    async show(tidings) {
      await tidings.feed("Deploys").click();
      await tidings.page.getByRole("combobox").fill("zebra");
      await expect(tidings.page.getByText("Nothing found").last()).toBeVisible();
    },
  },
  "help for searching": {
    async show({ page }) {
      await page.getByRole("button", { name: "How to search" }).click();
      await expect(page.getByRole("dialog", { name: "How to search" })).toBeVisible();
    },
  },
  "starred events": {
    async show({ page, events }) {
      await page.getByRole("button", { name: "Starred" }).click();
      await expect(events).toHaveCount(3);
    },
  },
  "a deletion": {
    async show({ page, events, reader }) {
      await events.first().click();
      await reader.getByRole("button", { name: "Delete" }).click();
      await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
    },
  },
  "the dialog for an export": {
    async show({ page, dialog }) {
      await page.getByRole("button", { name: "More for this list" }).click();
      await page.getByRole("menuitem", { name: "Export…" }).click();
      await expect(dialog.getByLabel("Markdown")).toBeVisible();
    },
  },
  "muted feeds": {
    async show(tidings) {
      await tidings.menu("Deploys", "Mute for an hour");
      await tidings.page.evaluate(() => window.tidings!.emit({ kind: "muted", mute: { kind: "on" } }));
      await expect(tidings.feed("All feeds, Muted").getByText("Muted", { exact: true })).toBeVisible();
    },
  },
  "a feed's menu": { show: (tidings) => tidings.feed("Deploys").click({ button: "right" }) },
  "the dialog with a test result": {
    async show({ page, dialog }) {
      await page.getByRole("button", { name: "Add feed" }).click();
      await dialog.getByLabel("Address (URL)").fill("https://example.org/events");
      await dialog.getByRole("button", { name: "Test this URL" }).click();
      await expect(dialog.getByText("It works")).toBeVisible();
    },
  },
  "the dialog with faults": {
    async show({ page, dialog }) {
      await page.getByRole("button", { name: "Add feed" }).click();
      await dialog.getByLabel("User name and password").check();
      await dialog.getByRole("button", { name: "Add header" }).click();
      await dialog.getByRole("button", { name: "Add feed" }).click();
      await expect(dialog.getByText("Enter the feed’s address.")).toBeVisible();
    },
  },
  "the dialog with everything set": {
    async show(tidings) {
      await tidings.menu("Build farm", "Edit…");
      await tidings.dialog.getByText("Advanced", { exact: true }).click();
      await tidings.dialog.getByRole("button", { name: "Replace Client certificate", exact: true }).click();
      await tidings.dialog.getByRole("button", { name: "Remove Authority’s certificate" }).click();
      await tidings.dialog.getByLabel("Reconnect when silent for").fill("5");
      await tidings.dialog.getByRole("button", { name: "Save" }).click();
      await expect(tidings.dialog.getByText("The silence time is 15 to 3600 seconds.")).toBeVisible();
    },
  },
  "the dialog with a key to compare": {
    async show(tidings) {
      await tidings.menu("Build farm", "Edit…");
      await tidings.dialog.getByLabel("Address (URL)").fill("https://homemade.example.org/feed");
      await tidings.dialog.getByRole("button", { name: "Test this URL" }).click();
      await tidings.dialog.getByRole("button", { name: "Compare the fingerprints" }).click();
      await tidings.dialog.getByText("Where the operator finds it").click();
    },
  },
  "the question before removing": { show: (tidings) => tidings.menu("Deploys", "Remove…") },
  "no feeds": { scene: "scene=nofeeds", show: async () => undefined },
  "no events": { scene: "scene=empty", show: async () => undefined },
  problems: {
    scene: "scene=problems",
    async show(tidings) {
      await tidings.fail("pause", { code: "storage", field: null, message: "The disk is full." });
      await tidings.page.getByRole("button", { name: "Pause all" }).click();
      await expect(tidings.page.getByRole("status").filter({ hasText: "The disk is full." })).toBeVisible();
    },
  },
  "events that wait": {
    async show(tidings) {
      await tidings.list.evaluate((list) => (list.scrollTop = 400));
      await tidings.arrive({ feed: "f1", title: "one more" });
      await expect(tidings.page.getByRole("button", { name: "Show 1 new event" })).toBeVisible();
    },
  },
};

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [name, { scene, show }] of Object.entries(VIEWS)) {
      test(`axe finds nothing in ${name}`, async ({ tidings, page }) => {
        await tidings.open(scene);
        await show(tidings);
        expect(await faults(page)).toEqual([]);
      });
    }
  });
}

test.describe("one pane at a time", () => {
  test.use({ viewport: { width: 400, height: 640 } });
  test("axe finds nothing in any of them", async ({ tidings, page }) => {
    await tidings.open();
    expect(await faults(page)).toEqual([]);
    await tidings.events.first().click();
    expect(await faults(page)).toEqual([]);
    await page.getByRole("button", { name: "Back" }).click();
    await page.getByRole("button", { name: "Feeds" }).click();
    expect(await faults(page)).toEqual([]);
  });
});

test.describe("forced colours", () => {
  test.use({ contextOptions: { forcedColors: "active" } });
  test("the chosen event and feed stand out without any colour of ours", async ({ tidings }) => {
    await tidings.open();
    await tidings.events.nth(2).click();
    await expect(tidings.events.nth(2)).toHaveCSS("outline-style", "solid");
    await expect(tidings.events.nth(3)).toHaveCSS("outline-style", "none");
    await expect(tidings.feed("All feeds")).toHaveCSS("border-top-style", "solid");
  });
});

test("every control is at least 24 pixels in both directions", async ({ tidings, page }) => {
  await tidings.open("scene=problems");
  await tidings.feed("Backups").click();
  await tidings.events.nth(1).click();
  await page.keyboard.press("Delete");
  await page.getByRole("combobox").fill("backup");
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  for (const button of await page.getByRole("button").all()) {
    const box = await button.boundingBox();
    expect(box!.width, await button.innerText()).toBeGreaterThanOrEqual(24);
    expect(box!.height, await button.innerText()).toBeGreaterThanOrEqual(24);
  }
});

test("nothing moves for people who want no motion", async ({ tidings, page }) => {
  const moving = () => page.evaluate(() => [...document.querySelectorAll("*")].map((one) => [one, getComputedStyle(one)] as const)
    .filter(([, { animationName, transitionDuration }]) => animationName !== "none" || /[1-9]/.test(transitionDuration))
    .map(([one]) => one.outerHTML.slice(0, 100)));
  await tidings.open("scene=instruments");
  const places = ["Dashboard", "Rules", "Health", "Settings"];
  const motions: number[] = [];
  for (const reducedMotion of ["no-preference", "reduce"] as const) {
    await page.emulateMedia({ reducedMotion });
    let found: string[] = [];
    for (const name of places) {
      await page.getByRole("button", { name }).click();
      await expect(tidings.title).toHaveText(name);
      found = [...found, ...(await moving())];
    }
    motions.push(found.length);
    if (reducedMotion === "reduce") expect(found).toEqual([]);
  }
  // With motion there is some, so that what was looked for can be found.
  expect(motions[0]).toBeGreaterThan(0);
});
