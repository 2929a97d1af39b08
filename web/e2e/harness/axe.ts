import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What axe finds wrong with a page, shadow roots included, in a few words each; by one of its rules, or all. */
export async function violations(page: Page, rule?: string): Promise<string[]> {
  const builder = new AxeBuilder({ page });
  const { violations } = await (rule ? builder.withRules(rule) : builder).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.flat(2).join(" ")}`),
  );
}
