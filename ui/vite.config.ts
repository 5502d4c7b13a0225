// How the window is built: for the app into dist, and with the scripted backend for the browser tests.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

import { lean, told } from "./lean.ts";

/** The policy of the app's webview, so that the browser tests fail on what it would block. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src ipc: http://ipc.localhost",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export default defineConfig(({ mode }) => ({
  plugins: [lean(), svelte(), told()],
  base: "./",
  clearScreen: false,
  // The port that the shell's development mode and the tests expect.
  server: { port: 5173, strictPort: true },
  preview: { port: 4173, strictPort: true, headers: { "Content-Security-Policy": POLICY } },
  build: {
    outDir: mode === "fake" ? "../tests/ui/test-results/window" : "dist",
    emptyOutDir: true,
    // The oldest engine the app meets is WebKitGTK 2.44, which is Safari 17.4.
    target: "safari17",
    // Everything is loaded from the disk at once: a preload script would be inline code.
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: { optimization: { inlineConst: { mode: "all", pass: 3 } } },
    // Two seconds of gzip on a machine that shares its cores; the browser tests hold the limit.
    reportCompressedSize: false,
  },
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"], setupFiles: ["src/text/setup.ts"] },
}));
