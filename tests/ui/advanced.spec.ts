// What few feeds need is set in the folded part, by keyboard alone, and a key that nobody vouches for is compared and pinned.
import { expect, test } from "./window";

const PEM = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
const SHOWN = "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

test("is folded, opens by keyboard, and what is set in it is sent", async ({ tidings, page }) => {
  await tidings.open();
  await page.getByRole("button", { name: "Add feed" }).click();
  const { dialog } = tidings;
  await dialog.getByLabel("Address (URL)").fill("https://example.org/events");
  await expect(dialog.getByLabel("Method")).toBeHidden();
  await dialog.getByRole("button", { name: "Add header" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(dialog.getByLabel("Method")).toBeFocused();
  await page.keyboard.press("P");
  await expect(dialog.getByLabel("Method")).toHaveValue("POST");
  await page.keyboard.press("Tab");
  await page.keyboard.insertText('{"topic":"builds"}');
  await page.keyboard.press("Tab");
  await page.keyboard.insertText(PEM);
  for (let n = 0; n < 3; n++) await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("button", { name: "Choose file… for Client certificate" })).toBeFocused();
  await dialog.getByLabel("Proxy").getByLabel("None").check();
  await dialog.getByLabel("Longest wait between tries").fill("60");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  expect((await tidings.calls("addFeed"))[0]).toMatchObject([{
    connection: { method: "POST", body: '{"topic":"builds"}', authority: PEM, clientCertificate: "", proxy: { kind: "none" }, silenceSeconds: null, longestWaitSeconds: 60 },
  }]);
});

test("says what is wrong at its field, unfolds for it and puts the person there", async ({ tidings, page }) => {
  await tidings.open();
  await page.getByRole("button", { name: "Add feed" }).click();
  const { dialog } = tidings;
  const advanced = dialog.getByText("Advanced", { exact: true });
  await dialog.getByLabel("Address (URL)").fill("https://example.org/events");
  await advanced.click();
  const silence = dialog.getByLabel("Reconnect when silent for");
  await silence.fill("5");
  await advanced.click();
  await expect(silence).toBeHidden();
  await dialog.getByRole("button", { name: "Add feed" }).click();
  await expect(silence).toBeFocused();
  await expect(silence).toHaveAccessibleDescription(/^The silence time is 15 to 3600 seconds\. /);
  await silence.fill("");
  await dialog.getByLabel("This one").check();
  await dialog.getByLabel("Proxy address").fill("nonsense");
  await dialog.getByRole("button", { name: "Add feed" }).click();
  await expect(dialog.getByLabel("Proxy address")).toBeFocused();
  await expect(dialog.getByLabel("Proxy address")).toHaveAccessibleDescription(/^That is not a proxy's address\./);
});

test("keeps what is stored, shows no secret, and lets it be replaced or removed", async ({ tidings }) => {
  await tidings.open();
  await tidings.menu("Build farm", "Edit…");
  const { dialog } = tidings;
  await expect(dialog.getByLabel("Secret in the URL")).toBeChecked();
  await expect(dialog.getByLabel("Value of the parameter", { exact: true })).toHaveAttribute("placeholder", "Set — type to replace");
  await dialog.getByText("Advanced", { exact: true }).click();
  await expect(dialog.getByText("POST, own authority, pinned key, client certificate, own proxy, own times")).toBeVisible();
  await expect(dialog.getByText("Kept", { exact: true })).toHaveCount(4);
  await expect(dialog.getByLabel("Proxy password", { exact: true })).toHaveAttribute("placeholder", "Set — type to replace");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  expect((await tidings.calls("editFeed"))[0]).toMatchObject(["f7", {
    url: "https://farm.example.org/feed?access_token=***&branch=main",
    connection: { parameters: [{ name: "access_token", value: null }], method: "POST", body: null, authority: null, clientCertificate: null, clientKey: null, proxy: { password: null } },
  }]);

  await tidings.menu("Build farm", "Edit…");
  await dialog.getByText("Advanced", { exact: true }).click();
  await dialog.getByRole("button", { name: "Remove Authority’s certificate" }).click();
  await expect(dialog.getByRole("button", { name: "Keep what is set: Authority’s certificate" })).toBeFocused();
  await dialog.getByRole("button", { name: "Replace Client certificate’s key" }).click();
  const key = dialog.getByRole("textbox", { name: "Client certificate’s key" });
  await expect(key).toBeFocused();
  await dialog.locator("input[type=file]").last().setInputFiles({ name: "me.key", mimeType: "text/plain", buffer: Buffer.from("-----BEGIN PRIVATE KEY-----") });
  await expect(dialog.getByText("Read from me.key")).toBeVisible();
  await expect(key).toHaveCSS("-webkit-text-security", "disc");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  expect((await tidings.calls("editFeed"))[1]).toMatchObject(["f7", { connection: { authority: "", clientCertificate: null, clientKey: "-----BEGIN PRIVATE KEY-----" } }]);
});

test("a file that is no certificate is refused at its field", async ({ tidings, page }) => {
  await tidings.open();
  await page.getByRole("button", { name: "Add feed" }).click();
  await tidings.dialog.getByText("Advanced", { exact: true }).click();
  const chooser = page.waitForEvent("filechooser");
  await tidings.dialog.getByRole("button", { name: "Choose file… for Authority’s certificate" }).click();
  await (await chooser).setFiles({ name: "ca.der", mimeType: "application/octet-stream", buffer: Buffer.from([0x30, 0x82]) });
  await expect(tidings.dialog.getByRole("textbox", { name: "Authority’s certificate" })).toHaveAccessibleDescription(/^ca\.der holds no PEM/);
});

test("a key that nobody vouches for is compared, pinned and then taken, by keyboard alone", async ({ tidings, page }) => {
  await tidings.open("scene=nofeeds");
  await page.keyboard.insertText("https://homemade.example.org/feed");
  await page.keyboard.press("Enter");
  const { dialog } = tidings;
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("status").first()).toContainText("Not trusted");
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("button", { name: "Show the key’s fingerprint" })).toBeFocused();
  await page.keyboard.press("Enter");
  const shown = dialog.getByRole("definition");
  await expect(shown).toBeFocused();
  expect(`sha256/${(await shown.locator("code").allInnerTexts()).join("")}`).toBe(SHOWN);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("button", { name: "It is the same: trust this key" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("status").first()).toContainText("It works");
  await expect(dialog.getByRole("button", { name: "Test this URL" })).toBeFocused();
  await dialog.getByRole("button", { name: "Add feed" }).click();
  await expect(dialog).toBeHidden();
  expect((await tidings.calls("addFeed"))[0]).toMatchObject([{ connection: { pin: SHOWN } }]);
});

test("a changed key shows the old and the new one, and the way on starts at the feed", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.menu("Build farm", "Edit…");
  await tidings.dialog.getByLabel("Address (URL)").fill("https://homemade.example.org/feed?access_token=***");
  await tidings.dialog.getByRole("button", { name: "Save" }).click();
  await tidings.emit({ kind: "state", feed: "f7", state: { kind: "needsPerson", why: { code: "key", message: "The server's key is not the one pinned for this feed." } } });
  await expect(tidings.feed("Build farm, Not trusted")).toBeVisible();
  await tidings.feed("Build farm").click();
  await page.getByRole("button", { name: "Review the key…" }).click();
  await tidings.dialog.getByRole("button", { name: "Compare the fingerprints" }).click();
  await expect(tidings.dialog.getByRole("term")).toHaveText(["The pinned key (SHA-256)", "The key it showed instead (SHA-256)"]);
  await tidings.dialog.getByRole("button", { name: "The change is right: trust this key instead" }).click();
  await expect(tidings.dialog.getByRole("status").first()).toContainText("It works");
  await tidings.dialog.getByRole("button", { name: "Save" }).click();
  await expect(tidings.dialog).toBeHidden();
  expect((await tidings.calls("editFeed"))[1]).toMatchObject(["f7", { connection: { pin: SHOWN } }]);
});
