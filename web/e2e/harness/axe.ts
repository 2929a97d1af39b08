import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What depends on the colours alone. */
export const COLOURS = ["color-contrast", "link-in-text-block"];

/** What axe finds wrong with a page, or with the `part` of it, shadow roots included, in a few words each. */
export async function violations(
  page: Page,
  { part, rules }: { part?: string; rules?: string[] } = {},
): Promise<string[]> {
  // No page here has frames, for which a second page would be opened each time.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (part) axe.include(part);
  if (rules) axe.withRules(rules);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.flat(2).join(" ")}`),
  );
}
