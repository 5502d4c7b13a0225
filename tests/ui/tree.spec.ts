// The data of an event as a tree: by pointer, by keyboard, bounded, and never more than text.
import type { Page } from "@playwright/test";

import { expect, test, type Tidings } from "./window";

const DATA = JSON.stringify({ order: { items: [{ price: 5, name: "a \"quoted\" one" }], "odd name": true }, total: 7 });

const item = (tidings: Tidings, name: string) => tidings.reader.getByRole("treeitem", { name });

async function show(tidings: Tidings, data = DATA): Promise<void> {
  await tidings.open();
  await tidings.arrive({ feed: "f1", title: "with data", data });
  await tidings.event("with data").click();
  await expect(tidings.reader.getByRole("tree")).toBeVisible();
}

/** What was copied last. */
async function copied(page: Page): Promise<string> {
  return page.evaluate(() => (window as unknown as { copied: string }).copied);
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async (value: string) => void ((window as unknown as { copied: string }).copied = value) } });
  });
});

test("values are folded and unfolded by a click", async ({ tidings }) => {
  await show(tidings);
  await expect(item(tidings, "price: 5")).toBeVisible();
  await item(tidings, "order:").click();
  await expect(item(tidings, "order:")).toHaveAttribute("aria-expanded", "false");
  await expect(item(tidings, "price: 5")).toHaveCount(0);
  await item(tidings, "order:").click();
  await expect(item(tidings, "items: 1 item")).toHaveAttribute("aria-level", "3");
});

test("a value and its path are copied", async ({ tidings, page }) => {
  await show(tidings);
  await item(tidings, "price: 5").click();
  await tidings.reader.getByRole("button", { name: "Copy path" }).click();
  await expect.poll(() => copied(page)).toBe("order.items[0].price");
  await item(tidings, "odd name").click();
  await tidings.reader.getByRole("button", { name: "Copy path" }).click();
  await expect.poll(() => copied(page)).toBe('order["odd name"]');
  await item(tidings, "name: ").first().click();
  await tidings.reader.getByRole("button", { name: "Copy value" }).click();
  await expect.poll(() => copied(page)).toBe('a "quoted" one');
});

test("the keyboard alone walks, folds and copies", async ({ tidings, page }) => {
  await show(tidings);
  const tree = tidings.reader.getByRole("tree");
  await tree.focus();
  const active = () => tree.evaluate((each) => document.getElementById(each.getAttribute("aria-activedescendant")!)!.textContent!.trim().replace(/\s+/g, " "));
  await page.keyboard.press("ArrowDown");
  await expect.poll(active).toBe("order: 2 fields");
  await page.keyboard.press("ArrowRight");
  await expect.poll(active).toBe("items: 1 item");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect.poll(active).toBe("order: 2 fields");
  await page.keyboard.press("ArrowLeft");
  await expect(item(tidings, "items")).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(item(tidings, "items")).toBeVisible();
  await page.keyboard.press("End");
  await expect.poll(active).toBe("total: 7");
  await page.keyboard.press("Control+c");
  await expect.poll(() => copied(page)).toBe("7");
  await page.keyboard.press("Control+Shift+C");
  await expect.poll(() => copied(page)).toBe("total");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Home");
  await expect(tidings.reader.getByRole("button", { name: "Copy path" })).toHaveAttribute("aria-disabled", "true");
});

test("a number is drawn from where it stands", async ({ tidings, page }) => {
  await show(tidings);
  await item(tidings, "price: 5").click();
  await tidings.reader.getByRole("button", { name: "Chart this" }).click();
  await expect(tidings.dialog.getByLabel("Feed", { exact: true })).toHaveValue("f1");
  await expect(tidings.dialog.getByLabel("JSON path")).toHaveValue("order.items[0].price");
  await expect(tidings.dialog.getByLabel("Name")).toHaveValue("Price");
  await tidings.dialog.getByRole("button", { name: "Add tile" }).click();
  await expect(page.getByRole("heading", { name: "Price", exact: true })).toBeVisible();
  await expect.poll(async () => (await tidings.calls("setTiles")).at(-1)).toMatchObject([expect.arrayContaining([expect.objectContaining({ feed: "f1", shows: "number", path: "order.items[0].price", label: "Price" })])]);
});

test("a value begins a rule, by keyboard too", async ({ tidings, page }) => {
  await show(tidings);
  await tidings.reader.getByRole("tree").focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Shift+Tab");
  await expect(tidings.reader.getByRole("button", { name: "Use in a rule" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(tidings.dialog.getByText("Deploys").first()).toBeVisible();
  const test = tidings.dialog.getByRole("group", { name: /JSON/ });
  await expect(test.getByRole("combobox").first()).toHaveValue("total");
  await expect(test.getByLabel("Value 1 to compare with")).toHaveValue("7");
});

test("what rules and tiles can't reach is not offered to them", async ({ tidings }) => {
  await show(tidings, '{"a":"words","b":1,"b":2,"c":{}}');
  const offer = (name: string) => tidings.reader.getByRole("button", { name });
  await item(tidings, "a:").click();
  await expect(offer("Chart this")).toHaveAttribute("aria-disabled", "true");
  await expect(offer("Use in a rule")).toHaveAttribute("aria-disabled", "false");
  for (const name of ["b: 1", "c:"]) {
    await item(tidings, name).click();
    await expect(offer("Use in a rule")).toHaveAttribute("aria-disabled", "true");
  }
  await offer("Use in a rule").click({ force: true });
  await expect(tidings.dialog).toHaveCount(0);
});

test("a long list is shown a hundred at a time", async ({ tidings }) => {
  await show(tidings, JSON.stringify(Array.from({ length: 20_000 }, (_, index) => index)));
  await expect(tidings.reader.getByRole("treeitem")).toHaveCount(102);
  await item(tidings, "Show more of 19,900").click();
  await expect(tidings.reader.getByRole("treeitem")).toHaveCount(202);
});

test("names and values stay text", async ({ tidings, page }) => {
  await show(tidings, JSON.stringify({ "<img src=x onerror=alert(1)>": "<script>alert(2)</script>", "javascript:alert(3)": ["<svg onload=alert(4)>"] }));
  await expect(item(tidings, "<img src=x")).toBeVisible();
  await expect.poll(() => page.locator("script:not([src])").count()).toBe(0);
  // Pictures are those that people gave their feeds.
  await expect.poll(() => page.locator("img:not([src^='data:image/png;base64,'])").count()).toBe(0);
});

test("pages that an event offers are opened by their place", async ({ tidings }) => {
  await tidings.open();
  await tidings.arrive({ feed: "f1", title: "with actions", actions: [{ label: "Log", url: "https://nas.example/log" }, { label: "Retry <b>", url: "https://ci.example/retry" }] });
  await tidings.event("with actions").click();
  const offers = tidings.reader.getByRole("group", { name: "What it offers" });
  await expect(offers.getByRole("button")).toHaveText(["Log (nas.example)", "Retry <b> (ci.example)"]);
  await offers.getByRole("button").nth(1).click();
  await expect.poll(() => tidings.calls("openLink")).toEqual([["261", 1]]);
});
