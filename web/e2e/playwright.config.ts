import { defineConfig } from "@playwright/test";

/** Debian's Chromium, kept from the network and from asking. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: "stories",
  outputDir: "../test-results",
  // Pictures and figures to look at prove nothing by themselves.
  testIgnore: ["shots", "cost"]
    .filter((name) => !process.env[name.toUpperCase()])
    .map((name) => `**/${name}.spec.ts`),
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 40_000,
  snapshotPathTemplate: "looks/{arg}{ext}",
  expect: {
    timeout: 10_000,
    // Edges of letters differ a little between versions of the browser; a button that moved differs by more.
    toHaveScreenshot: { maxDiffPixelRatio: 0.005, threshold: 0.25 },
  },
  reporter: [["list"]],
  use: {
    locale: "en-GB",
    viewport: { width: 1280, height: 800 },
    trace: "off",
    launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args },
  },
});
