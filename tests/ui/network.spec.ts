// The proxy of all feeds: saved as it is chosen, an address when it is whole, its password never shown.
import { faults } from "./axe";
import { expect, type Tidings, test } from "./window";

async function open(tidings: Tidings) {
  await tidings.open();
  await tidings.page.keyboard.press(",");
  const group = tidings.page.getByRole("region", { name: "Network" });
  await expect(group.getByRole("radio", { name: "As the system says" })).toBeChecked();
  return group;
}

test("a proxy with its sign-in is used once it is whole, and its password is never shown again", async ({ tidings }) => {
  const group = await open(tidings);
  await group.getByRole("radio", { name: "This one" }).check();
  await group.getByLabel("Proxy address").fill("http://proxy:3128");
  await group.getByLabel("Proxy user name").fill("mira");
  await group.getByLabel("Proxy password", { exact: true }).fill("hush");
  expect(await tidings.calls("setNetwork")).toEqual([]);
  await group.getByLabel("Proxy password", { exact: true }).press("Enter");
  await expect.poll(() => tidings.calls("setNetwork")).toEqual([[{ kind: "url", url: "http://proxy:3128", username: "mira", password: "hush" }, "keyring"]]);
  await expect(group.getByLabel("Proxy password", { exact: true })).toHaveValue("");
  await expect(group.getByLabel("Proxy password", { exact: true })).toHaveAttribute("placeholder", "Set — type to replace");
  await group.getByRole("radio", { name: "None" }).check();
  await expect.poll(() => tidings.calls("setNetwork")).toHaveLength(2);
  expect((await tidings.calls("setNetwork"))[1]).toEqual([{ kind: "none" }, "keyring"]);
});

test("what is no proxy is told at its field, and a keyring that refuses leaves a way on", async ({ tidings }) => {
  const group = await open(tidings);
  await group.getByRole("radio", { name: "This one" }).check();
  await group.getByLabel("Proxy address").fill("proxy");
  await group.getByRole("button", { name: "Use this proxy" }).click();
  await expect(group.getByLabel("Proxy address")).toBeFocused();
  await expect(group.getByLabel("Proxy address")).toHaveAccessibleDescription(/That is not a proxy's address/);
  await group.getByLabel("Proxy address").fill("http://proxy:3128");
  await tidings.fail("setNetwork", { code: "keyring", field: null, message: "The keyring is locked." });
  await group.getByRole("button", { name: "Use this proxy" }).click();
  await expect(group.getByRole("alert")).toContainText("The keyring is locked.");
  await group.getByRole("button", { name: "Use for this session only" }).click();
  await expect.poll(async () => (await tidings.calls("setNetwork")).at(-1)?.[1]).toBe("thisSession");
  await expect(group.getByRole("alert")).toHaveCount(0);
});

for (const scheme of ["light", "dark"] as const) {
  test(`the proxy's fields are accessible in ${scheme}`, async ({ tidings, page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    const group = await open(tidings);
    await group.getByRole("radio", { name: "This one" }).check();
    await expect(group.getByLabel("Proxy address")).toBeVisible();
    expect(await faults(page)).toEqual([]);
  });
}
