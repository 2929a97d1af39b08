// A site says a colour, a radius and a font; everything stays legible, whatever it says.
import { expect, type Page } from "@playwright/test";
import { violations } from "../harness/axe.ts";
import { test } from "../harness/gallery.ts";

/** Very light, very dark, grey, and strong ones that are neither. */
const ACCENTS = [
  "#ffff00",
  "#ffffff",
  "#000000",
  "#808080",
  "#e6194b",
  "#00e5ff",
  "#0b7a5f",
  "#ff8c00",
];

const dress = (page: Page, style: string) => page.addStyleTag({ content: `:root { ${style} }` });

for (const theme of ["light", "dark"] as const)
  for (const name of ["list", "failed", "room"])
    test(`every colour is legible: ${name}, ${theme}`, async ({ look }) => {
      const page = await look({ case: name, theme, context: { colorScheme: theme } });
      for (const accent of ACCENTS) {
        await dress(page, `--parvis-accent: ${accent}`);
        expect(await violations(page, { rules: ["color-contrast"] }), accent).toEqual([]);
      }
    });

test("the launcher is seen, in whatever colour", async ({ look }) => {
  const page = await look({ case: "closed", width: 200, height: 160 });
  const launcher = page.locator("parvis-messenger .launcher");
  const colours = () =>
    launcher.evaluate((button) => {
      const { color, backgroundColor } = getComputedStyle(button);
      return [color, backgroundColor];
    });
  await dress(page, "--parvis-accent: rgb(255, 255, 0)");
  expect(await colours()).toEqual([expect.stringMatching(/ 0 0 0\)$/), "rgb(255, 255, 0)"]);
  await dress(page, "--parvis-accent: rgb(0, 0, 80)");
  expect(await colours()).toEqual([expect.not.stringMatching(/ 0 0 0\)$/), "rgb(0, 0, 80)"]);
});

test("radius and font are the site's own", async ({ look }) => {
  const page = await look({ case: "conversation" });
  const panel = page.locator("parvis-messenger .panel");
  const says = (name: string, value: string) =>
    page
      .locator("body")
      .evaluate((body, [name, value]) => body.style.setProperty(name, value), [
        name,
        value,
      ] as const);
  for (const [radius, corner] of [
    ["0px", "0px"],
    ["24px", "30px"],
  ] as const) {
    await says("--parvis-radius", radius);
    await expect(panel).toHaveCSS("border-start-end-radius", corner);
  }
  await says("--parvis-font", "Georgia");
  await expect(panel).toHaveCSS("font-family", "Georgia");
});
