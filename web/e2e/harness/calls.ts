// Calls: browsers with the devices that Chromium makes up, and what is seen in a call.
import { type AdminCall, expect, type Locator, openWith, type Page, type World } from "./index.ts";

export const CALLING = {
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      "--autoplay-policy=no-user-gesture-required",
      "--disable-features=WebRtcHideLocalIpsWithMdns",
      "--allow-loopback-in-peer-connection",
    ],
  },
};

/** A site with calls, on which two know each other. */
export async function callingSite(world: World): Promise<AdminCall> {
  const call = await world.server.operator();
  await call("/settings", "PATCH", { features: { video: true } });
  await world.known("bob", "ada");
  await world.conversation("ada", "bob");
  return call;
}

/** Two people on a site with calls, the first in their conversation. */
export async function two(world: World): Promise<[Page, Page]> {
  await callingSite(world);
  const [ada, bob] = [await world.visit("ada"), await world.visit("bob")];
  await facing(ada, bob);
  return [ada, bob];
}

/** One in the conversation with Bob, Bob on some page. */
export async function facing(ada: Page, bob: Page): Promise<void> {
  // What a page throws fails the story.
  for (const page of [ada, bob])
    page.on("pageerror", (error) => {
      throw error;
    });
  await openWith(ada, "Bob");
  await expect(bob.getByRole("button", { name: /^Open messages/ })).toBeVisible();
}

/** Before one calls. What one chooses from comes a moment later, and moves what is below it. */
export async function preview(page: Page, media = "Video call"): Promise<void> {
  await page.getByRole("button", { name: media }).click();
  await page.getByRole("combobox", { name: "Microphone" }).waitFor();
}

export async function begin(page: Page, media = "Video call"): Promise<void> {
  await preview(page, media);
  await page.getByRole("button", { name: "Call", exact: true }).click();
}

export async function answer(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Answer", exact: true }).click();
}

/** What one reads in the call; the same may be told to whoever does not see it. */
export function written(page: Page, text: string | RegExp): Locator {
  return page.locator("dialog.call").getByText(text).and(page.locator(":not([role=status])"));
}

/** Pictures of the other that were really decoded. */
export function frames(page: Page): Promise<number> {
  return page
    .locator("video#theirs")
    .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
}

export async function seesTheOther(page: Page, within = 20_000): Promise<void> {
  const before = await frames(page);
  await expect.poll(() => frames(page), { timeout: within }).toBeGreaterThan(before + 5);
}

/** Before anything of the page runs: as if no two could reach each other, everything goes through a relay. */
export async function throughTheRelay(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const Direct = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Direct {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, iceTransportPolicy: "relay" });
      }

      override setConfiguration(configuration: RTCConfiguration): void {
        super.setConfiguration({ ...configuration, iceTransportPolicy: "relay" });
      }
    };
  });
}
