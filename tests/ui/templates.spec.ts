// What a feed's events say is written in its dialog, shown on its last events, and refused by line and column.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { AxeResults } from "axe-core";

import { expect, test } from "./window";

const AXE = readFileSync(join(__dirname, "../../ui/node_modules/axe-core/axe.min.js"), "utf8");
const NONE = { title: "", body: "", link: "", priority: "", key: "", group: "" };

test.beforeEach(async ({ tidings }) => {
  await tidings.open();
  await tidings.menu("Price ticker", "Edit…");
  await tidings.dialog.getByText("What events say").click();
});

test("a template is shown on the last events while it is typed, and saved with the feed", async ({ tidings, page }) => {
  const { dialog } = tidings;
  const preview = dialog.getByRole("group", { name: "How it reads" });
  await expect(preview).toContainText("BTC 68,201.40");
  await dialog.getByLabel("Title", { exact: true }).pressSequentially("{{ json.symbol }} from {{ feed }}");
  await dialog.getByLabel("Key", { exact: true }).fill("{{ json.symbol }}");
  await expect(preview).toContainText("BTC from Price ticker");
  await expect(preview).toContainText("Key: BTC");
  await preview.getByRole("button", { name: "Older event" }).click();
  await expect(preview).toContainText("2 of 5");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => tidings.calls("setTemplates")).toEqual([["f3", { ...NONE, title: "{{ json.symbol }} from {{ feed }}", key: "{{ json.symbol }}" }]]);
  await tidings.menu("Price ticker", "Edit…");
  await expect(dialog.getByText("own title, key")).toBeVisible();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => tidings.calls("setTemplates")).toHaveLength(1);
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
});

test("a wrong template names line and column, keeps the feed from being saved, and leaves the others in use", async ({ tidings }) => {
  const { dialog } = tidings;
  await dialog.getByLabel("Title", { exact: true }).fill("{{ json.symbol }}!");
  await dialog.getByLabel("Body", { exact: true }).fill("one\n{{ json.price");
  await expect(dialog.getByLabel("Body", { exact: true })).toHaveAccessibleDescription("Line 2, column 14: unexpected end of input, expected end of variable block.");
  await expect(dialog.getByRole("group", { name: "How it reads" })).toContainText("BTC!");
  await dialog.getByLabel("Name", { exact: true }).fill("Other");
  await dialog.getByText("What events say").click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByLabel("Body", { exact: true })).toBeFocused();
  expect([await tidings.calls("editFeed"), await tidings.calls("setTemplates")]).toEqual([[], []]);
  await dialog.getByLabel("Body", { exact: true }).fill("one");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => tidings.calls("setTemplates")).toHaveLength(1);
});

test("an event that a template fails for says so beside how it reads", async ({ tidings }) => {
  await tidings.dialog.getByLabel("Body", { exact: true }).fill("{{ json.symbol | number }}");
  await expect(tidings.dialog.getByRole("group", { name: "How it reads" })).toContainText('Body left as it reads by itself. Line 1, column 1: number needs a number, and "BTC" is none.');
});

test("a path that was seen is written where the caret was, by keyboard alone", async ({ tidings, page }) => {
  const { dialog } = tidings;
  await dialog.locator("summary", { hasText: "What can be written" }).press("Enter");
  const body = dialog.getByLabel("Body", { exact: true });
  await body.fill("[]");
  await body.press("ArrowLeft");
  await dialog.getByRole("button", { name: "{{ json.change }}" }).press("Enter");
  await expect(body).toHaveValue("[{{ json.change }}]");
  await expect(body).toBeFocused();
  await page.keyboard.type("!");
  await expect(body).toHaveValue("[{{ json.change }}!]");
  await expect(dialog.getByRole("group", { name: "How it reads" })).toContainText("[0.004!]");
});

test("a refusal by the disk keeps what was written", async ({ tidings }) => {
  const { dialog } = tidings;
  await dialog.getByLabel("Title", { exact: true }).fill("mine");
  await tidings.fail("setTemplates", { code: "storage", field: null, message: "The disk is full." });
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("The disk is full.");
  await expect(dialog.getByLabel("Title", { exact: true })).toHaveValue("mine");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
});

test("templates that can't be read are asked for again, and the feed can be saved without them", async ({ tidings, page }) => {
  await page.keyboard.press("Escape");
  const { dialog } = tidings;
  const refused = async () => {
    await tidings.fail("templates", { code: "gone", field: null, message: "Nobody answers." });
    await tidings.menu("Price ticker", "Edit…");
    await dialog.getByText("What events say").click();
    await expect(dialog.getByText("Nobody answers.")).toBeVisible();
  };
  await refused();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  expect(await tidings.calls("setTemplates")).toEqual([]);
  await refused();
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect(dialog.getByLabel("Title", { exact: true })).toBeVisible();
});

test("a feed to add has no templates yet, as nothing shows how they would read", async ({ tidings, page }) => {
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Add feed" }).click();
  await expect(tidings.dialog.getByText("Advanced")).toBeVisible();
  await expect(tidings.dialog.getByText("What events say")).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test("axe finds nothing in templates with faults and help", async ({ tidings, page }) => {
      const { dialog } = tidings;
      await dialog.getByText("What can be written").click();
      await dialog.getByLabel("Body", { exact: true }).fill("{{ json.symbol | number }}");
      await dialog.getByLabel("Link", { exact: true }).fill("{{ json.x | nofilter }}");
      await expect(dialog.getByText("there is no filter nofilter")).toBeVisible();
      await page.evaluate(AXE);
      const results = await page.evaluate(() => (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      }));
      expect(results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`)).toEqual([]);
    });
  });
}

test("hostile data and faults are text", async ({ tidings, page }) => {
  const text = `"><img src=x onerror=window.pwned=1>`;
  await page.keyboard.press("Escape");
  await tidings.arrive({ feed: "f3", title: text, data: JSON.stringify({ [text]: text, plain: text }) });
  await tidings.menu("Price ticker", "Edit…");
  const { dialog } = tidings;
  await dialog.getByText("What events say").click();
  await dialog.getByText("What can be written").click();
  await dialog.getByLabel("Title", { exact: true }).fill("{{ json.plain }}");
  await expect(dialog.getByRole("group", { name: "How it reads" })).toContainText(text);
  await dialog.getByRole("button", { name: "onerror" }).first().click();
  await expect(dialog.getByLabel("Title", { exact: true })).toHaveValue(`{{ json.plain }}{{ json[${JSON.stringify(text)}] }}`);
  expect(await page.evaluate(() => [document.querySelectorAll("#app img[onerror]").length, "pwned" in window])).toEqual([0, false]);
});
