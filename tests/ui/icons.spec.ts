// What stands for a feed: typed or chosen, shown in lists, said by no screen reader twice, and never an address's.
import { expect, test } from "./window";

test.beforeEach(({ tidings }) => tidings.open());

const CHOOSE = "Choose picture…";

test("an emoji is typed, refused where it is none, and stands beside the feed's name", async ({ tidings, page }) => {
  await tidings.menu("Wikimedia", "Edit…");
  const icon = tidings.dialog.getByLabel("Icon", { exact: true });
  await icon.fill("wiki");
  await page.keyboard.press("Enter");
  await expect(tidings.dialog.getByText("Enter a single emoji, such as 🔔, or choose a picture.")).toBeVisible();
  await expect(icon).toBeFocused();
  await icon.fill("📚");
  await page.keyboard.press("Enter");
  await expect(tidings.dialog).toBeHidden();
  expect((await tidings.calls("editFeed"))[1]).toMatchObject(["f4", { icon: { kind: "emoji", emoji: "📚" } }]);
  await expect(tidings.feed("Wikimedia")).toContainText("📚");
  await expect(tidings.event("An edit whose title is so long").first()).toContainText("📚");
  await expect(tidings.feed("Wikimedia recent changes, Next try")).toHaveCount(1);
});

test("a picture is chosen with the keyboard and removed again", async ({ tidings, page }) => {
  await tidings.menu("Wikimedia", "Edit…");
  await tidings.dialog.getByRole("button", { name: CHOOSE }).press("Enter");
  await expect(tidings.dialog.getByRole("button", { name: "Choose another picture…" })).toBeFocused();
  await expect(tidings.dialog.locator("img")).toHaveAttribute("src", /^data:image\/png;base64,/);
  await tidings.dialog.getByRole("button", { name: "Save" }).click();
  expect((await tidings.calls("editFeed"))[0]).toMatchObject(["f4", { icon: { kind: "picture", name: "0a" } }]);
  await expect(tidings.feed("Wikimedia").locator("img")).toHaveCount(1);

  await tidings.menu("Wikimedia", "Edit…");
  await tidings.dialog.getByRole("button", { name: "Remove icon" }).press("Enter");
  await expect(tidings.dialog.getByLabel("Icon", { exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  expect((await tidings.calls("editFeed"))[1]).toMatchObject(["f4", { icon: { kind: "none" } }]);
  await expect(tidings.feed("Wikimedia").locator("img")).toHaveCount(0);
});

test("who chooses no picture keeps what was there, and one that is none says why", async ({ tidings, page }) => {
  await tidings.menu("Deploys", "Edit…");
  const icon = tidings.dialog.getByLabel("Icon", { exact: true });
  await expect(icon).toHaveValue("🚀");
  await page.evaluate(() => (window.tidings!.picks = false));
  await tidings.dialog.getByRole("button", { name: CHOOSE }).click();
  await expect(icon).toHaveValue("🚀");
  await tidings.fail("choosePicture", { code: "invalid", field: "icon", message: "The file is no picture that can be read." });
  await tidings.dialog.getByRole("button", { name: CHOOSE }).click();
  await expect(tidings.dialog.getByText("The file is no picture that can be read.")).toBeVisible();
  await icon.fill("🔔");
  await expect(tidings.dialog.getByText("The file is no picture that can be read.")).toHaveCount(0);
});

test("an address in the place of a picture is never asked", async ({ tidings, page }) => {
  await page.evaluate(() => {
    const icon = { kind: "picture" as const, picture: { name: "0a", url: "https://evil.example/i.png" } };
    window.tidings!.emit({ kind: "feed", feed: { id: "f1", name: "Deploys", icon, url: "https://x.example", enabled: true, notify: true, allowed: { urgency: "urgent", pictures: false }, mute: { kind: "off" }, bursting: false, preset: null, recognised: null, signIn: { kind: "none" }, headerNames: [], connection: { method: "", body: false, authority: false, clientCertificate: false, pin: "", proxy: { kind: "system" }, silenceSeconds: null, longestWaitSeconds: null, plainHttp: false }, secrets: "notNeeded", state: { kind: "connecting" }, unread: 0 } });
  });
  await expect(tidings.feed("Deploys, Connecting")).toBeVisible();
  await expect(tidings.feed("Deploys").locator("img")).toHaveCount(0);
});
