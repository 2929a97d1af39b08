// What the elements cost a page before anybody presses anything: `npm run cost`. Measured, not judged: the same page of the
// demonstration, signed in, with and without them in turn, on a slow phone's network and processor.
import { type BrowserContextOptions, test as base, type Page } from "@playwright/test";
import { ServerProcess } from "../../client/test/real/process.ts";
import { freshParts } from "../harness/fresh.ts";

const RUNS = Number(process.env.RUNS ?? 9);
/** Lighthouse's "slow 4G" and mobile processor. */
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: (1_638.4 * 1024) / 8,
  uploadThroughput: (675 * 1024) / 8,
};
const SLOWER = 4;
const QUIET_MS = 4_000;

interface Figures {
  "first contentful paint, ms": number;
  "largest contentful paint, ms": number;
  "blocked before anything is pressed, ms": number;
  "layout shift": number;
  requests: number;
  "bytes over the network": number;
}

const test = base.extend<{ demo: ServerProcess }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is asked for
  demo: async ({}, use) => {
    const demo = new ServerProcess("demo");
    await demo.start();
    await use(demo);
    await demo.end();
  },
});

test("with and without", async ({ browser, demo }) => {
  test.setTimeout(RUNS * 60_000);
  const entering = await browser.newContext();
  const page = await entering.newPage();
  await page.goto(`${demo.origin}/demo/en/enter`);
  await page.locator(".pick button").first().click();
  await page.waitForURL((url) => !url.pathname.endsWith("enter"));
  const storageState = await entering.storageState();
  const options = { storageState, viewport: { width: 412, height: 823 } };

  const visit = async (options: BrowserContextOptions, elements: boolean): Promise<Figures> => {
    const context = await browser.newContext(options);
    await freshParts(context);
    if (!elements) await context.route("**/embed.js", (route) => route.abort());
    const page = await context.newPage();
    const figures = await measured(page, `${demo.origin}/demo/en/`);
    await context.close();
    return figures;
  };
  const all: Record<"with" | "without", Figures[]> = { with: [], without: [] };
  for (let run = 0; run < RUNS; run += 1) {
    all.without.push(await visit(options, false));
    all.with.push(await visit(options, true));
  }
  const rows = Object.keys(all.with[0] ?? {}) as (keyof Figures)[];
  const median = (figures: Figures[], row: keyof Figures) =>
    figures.map((one) => one[row]).sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
  console.log(`| medians of ${RUNS} | without | with |\n| --- | --- | --- |`);
  for (const row of rows)
    console.log(
      `| ${row} | ${[all.without, all.with].map((one) => Number(median(one, row).toFixed(3)).toLocaleString("en")).join(" | ")} |`,
    );
});

async function measured(page: Page, url: string): Promise<Figures> {
  const devtools = await page.context().newCDPSession(page);
  let bytes = 0;
  let requests = 0;
  devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", NETWORK);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(() => {
    const seen = { shift: 0, blocked: 0, largest: 0 };
    Object.assign(globalThis, { seen });
    const watch = (type: string, each: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({
        type,
        buffered: true,
      });
    watch("layout-shift", (entry) => {
      seen.shift += (entry as PerformanceEntry & { value: number }).value;
    });
    // Total blocking time: what each long task takes beyond 50 ms.
    watch("longtask", ({ duration }) => {
      seen.blocked += duration - 50;
    });
    watch("largest-contentful-paint", ({ startTime }) => {
      seen.largest = startTime;
    });
  });
  await page.goto(url, { waitUntil: "load" });
  // As long as the slowest of what comes after the page's own load.
  await page.waitForTimeout(QUIET_MS);
  return {
    ...(await page.evaluate(() => {
      const { shift, blocked, largest } = (
        globalThis as unknown as { seen: { shift: number; blocked: number; largest: number } }
      ).seen;
      return {
        "first contentful paint, ms":
          performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
        "largest contentful paint, ms": largest,
        "blocked before anything is pressed, ms": blocked,
        "layout shift": shift,
      };
    })),
    requests,
    "bytes over the network": bytes,
  };
}
