// Without a microphone or a camera: what is said, and that one can call all the same.
import { chromium } from "@playwright/test";
import { CALLING, two } from "../harness/calls.ts";
import { test as base, expect, World } from "../harness/index.ts";

const { args, executablePath } = CALLING.launchOptions;

/** A browser that was started with other switches. */
function without(gone: string) {
  return base.extend({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is asked for
    world: async ({}, use) => {
      const browser = await chromium.launch({
        executablePath,
        args: args.filter((one) => !one.includes(gone)),
      });
      const world = new World((options) => browser.newContext({ locale: "en-GB", ...options }));
      await world.server.start();
      await use(world);
      await world.end();
      await browser.close();
    },
  });
}

for (const [what, gone, sentence] of [
  ["refused", "--use-fake-ui", "the browser was told to refuse."],
  ["not there", "--use-fake-device", "none was found. Plug one in, then try again."],
] as const)
  without(gone)(
    `a microphone and a camera that are ${what}: what to do is said, and one can call`,
    async ({ world }) => {
      const [ada, bob] = await two(world);
      await ada.getByRole("button", { name: "Video call" }).click();
      const alert = ada.getByRole("alert");
      await expect(alert).toContainText(`Microphone: ${sentence}`);
      await expect(alert).toContainText(`Camera: ${sentence}`);
      await expect(alert.getByRole("button", { name: "Try again" })).toBeVisible();
      await ada.getByRole("button", { name: "Call", exact: true }).click();
      await expect(bob.getByText("Ada would like a video call")).toBeVisible();
    },
  );
