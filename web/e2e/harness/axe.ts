import type { Page } from "@playwright/test";
import axe from "axe-core";
import { still } from "../../widget/gallery/still.ts";

/** What depends on the colours alone. */
export const COLOURS = ["color-contrast", "link-in-text-block"];

declare global {
  interface Window {
    axe?: typeof axe;
  }
}

/** What axe finds wrong with a page, or with the `part` of it, shadow roots included, in a few words each. */
export async function violations(
  page: Page,
  { part, rules }: { part?: string; rules?: string[] } = {},
): Promise<string[]> {
  await page.evaluate(still);
  // Once for each page; no page here has frames, which would need it each.
  if (!(await page.evaluate(() => Boolean(window.axe)))) await page.evaluate(axe.source);
  return page.evaluate(
    async ([part, rules]) => {
      if (!window.axe) throw new Error("axe did not come into the page");
      const { violations } = await window.axe.run(part ? { include: [part] } : document, {
        resultTypes: ["violations"],
        ...(rules && { runOnly: { type: "rule", values: rules } }),
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${id}: ${target.flat(2).join(" ")}`),
      );
    },
    [part, rules] as const,
  );
}
