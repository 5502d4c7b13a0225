// Mutes of feeds and services: said in words, set by keyboard, and never silently lost.
import { expect, test } from "./window";

test.beforeEach(({ tidings }) => tidings.open());

test("a feed is muted from its menu, says until when, and is unmuted", async ({ tidings }) => {
  await tidings.menu("Deploys", "Mute for an hour");
  await expect.poll(() => tidings.calls("mute")).toEqual([["f1", "hour"]]);
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
