// Every element in every state shuts nobody out: told by axe, by the size of what one presses, and at 400 %.
import { expect, type Page } from "@playwright/test";
import { COLOURS, violations } from "../harness/axe.ts";
import { cases, components, names, sized, test, turnTo } from "../harness/gallery.ts";
import { astray, tooSmall } from "../harness/targets.ts";

const all = Object.keys(cases);

/** Beside the first look, which everything is asked of: only colours differ. */
type Media = Parameters<Page["emulateMedia"]>[0];
const DARK: [string, Media] = ["dark", { colorScheme: "dark" }];
const LOOKS: Record<string, [string, Media][]> = {
  en: [
    DARK,
    ["more contrast", { colorScheme: "light", contrast: "more" }],
    ["more contrast, dark", { colorScheme: "dark", contrast: "more" }],
    ["forced colours", { colorScheme: "light", forcedColors: "active" }],
  ],
  fr: [DARK],
  ar: [DARK],
};
const PLAIN: Media = { colorScheme: "light", contrast: "no-preference", forcedColors: "none" };
/** The elements alone: what is around them belongs to the page. */
const part = "body > *";

for (const [lang, looks] of Object.entries(LOOKS)) {
  test(`axe finds nothing wrong, and what is pressed is large enough: ${lang}`, async ({
    look,
  }) => {
    test.setTimeout(600_000);
    const page = await look({ case: "closed", lang });
    const found: string[] = [];
    const unseen = new Set(await components());
    expect(unseen.size).toBeGreaterThan(30);
    for (const name of all) {
      await page.emulateMedia(PLAIN);
      await sized(page, name);
      await turnTo(page, name);
      for (const there of await names(page)) unseen.delete(there);
      const wrong = [...(await violations(page, { part })), ...(await tooSmall(page))];
      for (const [as, media] of looks) {
        await page.emulateMedia(media);
        const colours = await violations(page, { part, rules: COLOURS });
        wrong.push(...colours.map((one) => `${as}: ${one}`));
      }
      found.push(...wrong.map((one) => `${name}: ${one}`));
    }
    expect(found).toEqual([]);
    expect([...unseen], "components without a case").toEqual([]);
  });
}

// A window of 1280 by 1024, at 400 %; and a narrow column beside a page's text.
for (const [name, size, lang] of [
  ["at 400 %", { width: 320, height: 256 }, "en"],
  ["at 400 %, in French", { width: 320, height: 256 }, "fr"],
  ["in a column of 240", { width: 240, height: 600 }, "en"],
] as const) {
  test(`nothing is out of reach ${name}`, async ({ look }) => {
    test.setTimeout(180_000);
    const page = await look({ case: "closed", lang, ...size });
    const found: string[] = [];
    for (const one of all) {
      await turnTo(page, one);
      for (const wrong of await astray(page)) found.push(`${one}: ${wrong}`);
    }
    expect(found).toEqual([]);
  });

  test(`one reads and writes ${name}`, async ({ look }) => {
    const page = await look({ case: "conversation", lang, ...size });
    const field = page.getByRole("textbox");
    for (const words of ["One line", "Many lines\n".repeat(12)]) {
      await field.fill(words);
      const box = await field.boundingBox();
      expect(box?.width).toBeGreaterThan(100);
      expect(box?.height).toBeGreaterThan(20);
      const log = await page.getByRole("log").boundingBox();
      expect(log?.height).toBeGreaterThan(40);
      expect(await astray(page)).toEqual([]);
    }
    await field.fill("Large letters");
    await field.press("Enter");
    await expect(page.getByRole("log").getByText("Large letters")).toBeInViewport();
  });
}
