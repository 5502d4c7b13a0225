// Feeds say what they are doing and offer the way on.
import { expect, test } from "./window";

test.beforeEach(({ tidings }) => tidings.open());

test("each feed says its name, its state and its count in words", async ({ tidings }) => {
  for (const words of [
    "Deploys, Live, 3 unread events",
    "Price ticker, Live, No popups",
    /^Wikimedia recent changes, Next try in 1 min \d+ s$/,
    "Team channel, Needs sign-in",
    "Backups, Needs the keyring",
    "Build farm, Connecting…",
    "Old notices, Stopped by the server",
    "Weather warnings, Off",
  ]) {
    await expect(tidings.feeds.getByRole("button", { name: words, exact: typeof words === "string" })).toBeVisible();
  }
  await expect(tidings.feeds.getByText("3 of 8 feeds live")).toBeVisible();
});

test("each state has a shape of its own", async ({ tidings }) => {
  const shapes = await tidings.feeds.locator(".entry[data-feed] > svg").evaluateAll((all) => all.map((each) => each.innerHTML.replace(/<!--.*?-->/g, "")));
  // Three of the nine are live.
  expect(new Set(shapes).size).toBe(shapes.length - 3);
});

test("a countdown runs, says why, and can be cut short", async ({ tidings, page }) => {
  await tidings.feed("Wikimedia").click();
  const line = page.getByText(/^Next try in .* — The server refused the connection\.$/);
  const before = await line.innerText();
  await expect(line).not.toHaveText(before);
  await page.getByRole("button", { name: "Reconnect now" }).click();
  await expect.poll(() => tidings.calls("reconnect")).toEqual([["f4"]]);
  await expect(tidings.feed("Wikimedia recent changes, Connecting…")).toBeVisible();
});

test("a refused sign-in leads to its fields", async ({ tidings, page }) => {
  await tidings.feed("Team channel").click();
  await page.getByRole("button", { name: "Edit sign-in" }).click();
  await expect(tidings.dialog.getByLabel("Password", { exact: true })).toBeFocused();
  await expect(tidings.dialog.getByLabel("User name", { exact: true })).toHaveValue("mira");
});

test("a locked keyring offers another try and this session only", async ({ tidings, page }) => {
  await tidings.feed("Backups").click();
  await page.getByRole("main").getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => tidings.calls("retryKeyring")).toHaveLength(1);
  await page.getByRole("button", { name: "Use for this session only" }).click();
  await tidings.dialog.getByLabel("Bearer token").fill("t0ken");
  await tidings.dialog.getByRole("button", { name: "Save" }).click();
  await expect(tidings.dialog).toBeHidden();
  expect((await tidings.calls("editFeed"))[0]).toMatchObject(["f6", { secrets: "thisSession", signIn: { kind: "bearer", token: "t0ken" } }]);
});

test("a feed is switched off and on", async ({ tidings }) => {
  await tidings.menu("Deploys", "Turn off");
  await expect(tidings.feed("Deploys, Off")).toBeVisible();
  await tidings.menu("Deploys", "Turn on");
  await expect(tidings.feed("Deploys, Connecting…")).toBeVisible();
});

test("everything is paused and resumed", async ({ tidings, page }) => {
  await page.getByRole("button", { name: "Pause all" }).click();
  await expect(tidings.feed("Deploys, Paused")).toBeVisible();
  await expect(page.getByText("Everything is paused.")).toBeVisible();
  await page.getByRole("button", { name: "Resume all" }).first().click();
  await expect(tidings.feed("Deploys, Live")).toBeVisible();
});

test("all of a feed are marked read", async ({ tidings, page }) => {
  await tidings.menu("Deploys", "Mark all read");
  await expect(tidings.feed("Deploys, Live").filter({ hasNotText: "unread" })).toBeVisible();
  await expect(page).toHaveTitle("Tidings (3 unread)");
});

test("removing says what is lost, asks first, and can be left", async ({ tidings, page }) => {
  await tidings.menu("Deploys", "Remove…");
  const question = page.getByRole("alertdialog", { name: "Remove “Deploys”?" });
  await expect(question).toHaveAccessibleDescription(/stored events are deleted, 3 of them unread, and its passwords, tokens and header values/);
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  expect(await tidings.calls("removeFeed")).toEqual([]);
  await tidings.menu("Deploys", "Remove…");
  await question.getByRole("button", { name: "Remove feed" }).click();
  await expect(tidings.feed("Deploys")).toHaveCount(0);
  await expect(tidings.event("web 2.14.0")).toHaveCount(0);
  await expect(page.getByRole("status")).toHaveText("Removed “Deploys”.");
});

test("a failed command says why, once, and goes when dismissed", async ({ tidings, page }) => {
  await tidings.fail("pause", { code: "storage", field: null, message: "The settings could not be written: the disk is full." });
  await page.getByRole("button", { name: "Pause all" }).click();
  await expect(page.getByRole("status")).toHaveText("The settings could not be written: the disk is full.");
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByRole("status")).toBeEmpty();
});

test("the last feed leaves the way to a first one", async ({ tidings, page }) => {
  await tidings.open("scene=empty");
  for (const name of ["Deploys", "Home sensors"]) {
    await tidings.menu(name, "Remove…");
    await page.getByRole("button", { name: "Remove feed" }).click();
  }
  await expect(page.getByLabel("Paste a feed URL")).toBeFocused();
});
