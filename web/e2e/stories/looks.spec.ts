// How everything looks, beside pictures that are kept in `web/e2e/looks`. What was meant to change is looked at, and then
// kept: `npm run looks`.
import { type BrowserContextOptions, expect } from "@playwright/test";
import { cases } from "../../widget/gallery/cases.ts";
import { test } from "../harness/gallery.ts";

interface Look {
  lang?: string;
  theme?: "light" | "dark";
  /** Said in the name of the picture. */
  as?: string;
  context?: BrowserContextOptions;
}

const FACES = [
  "list",
  "conversation",
  "group",
  "settings",
  "section-conversation",
  "room",
  "members",
];
const everything = Object.keys(cases).map((name): [string, Look] => [name, {}]);
const also = (names: readonly string[], look: Look) =>
  names.map((name): [string, Look] => [name, look]);

const LOOKS = [
  ...everything,
  ...also([...FACES, "empty", "offline", "failed", "profile", "call-incoming"], { theme: "dark" }),
  ...also(FACES, { lang: "ar" }),
  ...also(["conversation", "room"], { lang: "ar", theme: "dark" }),
  ...["fr", "de", "es", "it"].flatMap((lang) => also(["list", "settings"], { lang })),
  ...also(["list", "conversation"], { as: "contrast", context: { contrast: "more" } }),
  ...also(["list", "conversation"], { as: "forced", context: { forcedColors: "active" } }),
];

for (const [name, look] of LOOKS) {
  const { lang = "en", theme = "light", as } = look;
  const called = [name, lang, theme, as].filter(Boolean).join("-");
  test(called, async ({ glance }) => {
    const one = cases[name];
    // A column or a phone is as wide as the window; the page around the others is seen.
    const narrow = (one?.width ?? 0) <= 360;
    const page = await glance({
      case: name,
      lang,
      theme,
      width: (one?.width ?? 0) + (narrow ? 0 : 48),
      height: (one?.height ?? 0) + (narrow ? 0 : 48),
      context: { ...look.context, colorScheme: theme },
    });
    await expect(page).toHaveScreenshot(`${called}.png`);
  });
}
