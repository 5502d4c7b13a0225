// Mutes, quiet hours and services: said in words, set by keyboard, and never silently lost.
import { expect, test } from "./window";

test.beforeEach(({ tidings }) => tidings.open());

test("a feed is muted from its menu, says until when, and is unmuted", async ({ tidings }) => {
  await tidings.menu("Deploys", "Mute for an hour");
  expect(await tidings.calls("mute")).toEqual([["f1", "hour"]]);
  await expect(tidings.feed("Deploys, Live, Muted until .*, 3 unread events")).toBeVisible();
  await expect(tidings.feed("Deploys").getByText(/Muted until/)).toBeVisible();
  await tidings.menu("Deploys", "Unmute");
  await expect(tidings.feed("Deploys, Live, 3 unread events")).toBeVisible();
  await tidings.menu("Deploys", "Mute until I unmute it");
  await expect(tidings.feed("Deploys, Live, Muted, 3 unread events")).toBeVisible();
});

test("a mute that has ended is no longer shown", async ({ tidings, page }) => {
  await page.clock.install();
  await tidings.open();
  await tidings.menu("Deploys", "Mute for an hour");
  await expect(tidings.feed("Deploys, Live, Muted until")).toBeVisible();
  await page.clock.fastForward("01:01:00");
  await expect(tidings.feed("Deploys, Live, 3 unread events")).toBeVisible();
});

test("a feed without popups offers no mute", async ({ tidings, page }) => {
  await tidings.feed("Price ticker").click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: "Mark all read" }).or(page.getByRole("menuitem", { name: "Clear history" })).first()).toBeVisible();
  await expect(page.getByRole("menuitem", { name: /^Mute/ })).toHaveCount(0);
});

test("all feeds are muted at once, and the list says so", async ({ tidings, page }) => {
  await page.getByRole("button", { name: "Notifications…" }).click();
  await tidings.dialog.getByRole("button", { name: "Mute until tomorrow" }).click();
  expect(await tidings.calls("mute")).toEqual([[null, "tomorrow"]]);
  await expect(tidings.dialog.getByRole("status").first()).toHaveText(/^All feeds: muted until .*\. Events are stored all the same\.$/);
  await expect(tidings.dialog.getByRole("button", { name: "Unmute" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Notifications…" })).toBeFocused();
  await expect(tidings.feed("All feeds, Muted until").getByText(/^Muted until/)).toBeVisible();
});

test("quiet hours are set with the keyboard and come back as they were set", async ({ tidings, page }) => {
  const open = page.getByRole("button", { name: "Notifications…" });
  await open.press("Enter");
  const { dialog } = tidings;
  await dialog.getByLabel("Hold popups back in quiet hours").press("Space");
  await expect(dialog.getByText("Ends on the next day.")).toBeVisible();
  await dialog.getByLabel("From").fill("23:15");
  await dialog.getByLabel("To", { exact: true }).fill("06:45");
  await dialog.getByLabel("Sunday").press("Space");
  await dialog.getByLabel("Urgent events pop up all the same").press("Space");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  const hours = { kind: "hours", from: "23:15", to: "06:45", days: ["mon", "tue", "wed", "thu", "fri", "sat"], letsUrgentThrough: false };
  expect(await tidings.calls("setQuiet")).toEqual([[hours]]);
  await expect(page.getByText("Quiet hours are set.")).toBeVisible();
  await open.press("Enter");
  await expect(dialog.getByLabel("From")).toHaveValue("23:15");
  await expect(dialog.getByLabel("Sunday")).not.toBeChecked();
  await dialog.getByLabel("Hold popups back in quiet hours").uncheck();
  await dialog.getByRole("button", { name: "Save" }).click();
  expect((await tidings.calls("setQuiet"))[1]).toEqual([{ kind: "off" }]);
});

test("quiet hours without a day or a time name the field", async ({ tidings, page }) => {
  await page.getByRole("button", { name: "Notifications…" }).click();
  const { dialog } = tidings;
  await dialog.getByLabel("Hold popups back in quiet hours").check();
  await dialog.getByLabel("To", { exact: true }).fill("");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByLabel("To", { exact: true })).toBeFocused();
  await expect(dialog.getByText("Enter a time, like 22:00.")).toBeVisible();
  await dialog.getByLabel("To", { exact: true }).fill("07:00");
  for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]) await dialog.getByLabel(day).uncheck();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByLabel("Monday")).toBeFocused();
  await expect(dialog.getByText("Choose at least one day.")).toBeVisible();
  expect(await tidings.calls("setQuiet")).toEqual([]);
});

test("a refusal to store quiet hours keeps what was filled in", async ({ tidings, page }) => {
  await page.getByRole("button", { name: "Notifications…" }).click();
  await tidings.dialog.getByLabel("Hold popups back in quiet hours").check();
  await tidings.fail("setQuiet", { code: "storage", field: null, message: "The disk is full." });
  await tidings.dialog.getByRole("button", { name: "Save" }).click();
  await expect(tidings.dialog.getByRole("alert")).toHaveText("The disk is full.");
  await expect(tidings.dialog.getByLabel("From")).toHaveValue("22:00");
});

test("the service that was recognised is named, and another is chosen and left open again", async ({ tidings }) => {
  const service = tidings.dialog.getByLabel("Service");
  const save = tidings.dialog.getByRole("button", { name: "Save" });
  await tidings.menu("Wikimedia", "Edit…");
  await expect(service.locator("option:checked")).toHaveText("Automatic (Wikimedia EventStreams)");
  await tidings.dialog.getByLabel("Address (URL)").fill("https://other.example/sse");
  await expect(service.locator("option:checked")).toHaveText("Automatic");
  await service.selectOption("Mercure");
  await save.click();
  await expect(tidings.dialog).toBeHidden();
  expect((await tidings.calls("editFeed"))[0]).toMatchObject(["f4", { preset: "mercure" }]);
  await tidings.menu("Wikimedia", "Edit…");
  await expect(service).toHaveValue("mercure");
  await service.selectOption("Automatic");
  await save.click();
  await expect(tidings.dialog).toBeHidden();
  expect((await tidings.calls("editFeed"))[1]).toMatchObject(["f4", { preset: null }]);
});

test("what trying an address recognised stands beside the choice", async ({ tidings, page }) => {
  await page.getByRole("button", { name: "Add feed" }).click();
  await tidings.dialog.getByLabel("Address (URL)").fill("https://ntfy.example/alerts/sse");
  await tidings.dialog.getByRole("button", { name: "Test this URL" }).click();
  await expect(tidings.dialog.getByLabel("Service").locator("option:checked")).toHaveText("Automatic (ntfy)");
});

test("a test notification tells each step, also where it fails", async ({ tidings, page }) => {
  await page.getByRole("button", { name: "Notifications…" }).click();
  const send = tidings.dialog.getByRole("button", { name: "Send a test notification" });
  await send.click();
  await expect(tidings.dialog.getByText("It took the test notification.")).toBeVisible();
  await tidings.fail("testPopup", { code: "gone", field: null, message: "Nobody answers." });
  await send.click();
  await expect(tidings.dialog.getByText("Failed: Nobody answers.")).toBeVisible();
  await expect(tidings.dialog.getByText("It took the test notification.")).toHaveCount(0);
});
