// What axe says of the window as it is.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

const AXE = readFileSync(join(__dirname, "../../ui/node_modules/axe-core/axe.min.js"), "utf8");

/** Gives every violation with the element it is about. */
export async function faults(page: Page): Promise<string[]> {
  // Evaluated by the test's own channel: the page's policy forbids scripts from elsewhere.
  await page.evaluate(AXE);
  const results = await page.evaluate(() => (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(" | ")}`);
}
