// Runs the window with its scripted backend in a real browser.
import { createHash } from "node:crypto";

import { defineConfig } from "@playwright/test";

/** Differs with the folder, so that two checkouts on one machine never test each other's window. */
const PORT = 20_000 + (createHash("sha256").update(__dirname).digest().readUInt16BE() % 10_000);

export default defineConfig({
  testDir: ".",
  outputDir: "test-results/runs",
  fullyParallel: true,
  forbidOnly: process.env["CI"] !== undefined,
  // Two browsers at a time: more only wait for each other on a small machine.
  workers: 2,
  // A machine that stands still for seconds is no fault of the window; what passed only the second time is named as flaky.
  retries: process.env["CI"] === undefined ? 0 : 1,
  // Generous, because the machine is shared; nothing here measures speed.
  timeout: 60_000,
  // Letters are drawn a little differently from one build of the browser to the next.
  expect: { timeout: 10_000, toHaveScreenshot: { stylePath: "./pictures.css", maxDiffPixelRatio: 0.002, caret: "hide" } },
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  reporter: process.env["CI"] === undefined ? "list" : "line",
  use: {
    baseURL: `http://localhost:${PORT}/`,
    viewport: { width: 1100, height: 720 },
    locale: "en-GB",
    timezoneId: "Europe/London",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env["TIDINGS_CHROMIUM"] ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
    },
  },
  webServer: {
    command: `npm run preview -- --port ${PORT}`,
    cwd: "../../ui",
    url: `http://localhost:${PORT}/`,
    reuseExistingServer: false,
  },
});
