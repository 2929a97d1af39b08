import type { Page } from "@playwright/test";

/** What moves or changes its colour has come to its end; what never ends is not waited for. */
export async function still(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // Styles that just changed begin their transitions with the next frame.
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    const ending = document
      .getAnimations()
      .filter(
        (one) =>
          one.playState === "running" &&
          one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY,
      );
    await Promise.all(ending.map((one) => one.finished.catch(() => {})));
  });
}
