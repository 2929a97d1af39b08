import { expect, test } from "vitest";
import { hue, initials } from "./paint.ts";

test.each([
  ["Claire Delmas", "CD"],
  ["  Paul-Henri de la Tour ", "PT"],
  ["léa", "L"],
  ["Mei Lin 林美", "M林"],
  ["O’Brien", "O"],
  ["(Dr.) Émile", "DÉ"],
  ["🚆", "?"],
  ["", "?"],
])("the initials of %j are %s", (name, expected) => {
  expect(initials(name)).toBe(expected);
});

test("the colour is the same for the same id, and people differ", () => {
  const hues = Array.from({ length: 60 }, (_, index) => hue(`member-${index}`));
  expect(hue("member-7")).toBe(hues[7]);
  expect(new Set(hues).size).toBeGreaterThan(8);
});

// The pairs in avatar.styles.ts: lightness and chroma of background and letters.
type Tone = readonly [lightness: number, chroma: number];
const schemes: [string, Tone, Tone][] = [
  ["light", [0.88, 0.065], [0.37, 0.1]],
  ["dark", [0.4, 0.075], [0.93, 0.05]],
];
test.each(schemes)("the letters can be read on every colour, %s", (_scheme, ground, letters) => {
  for (let step = 0; step < 12; step += 1) {
    const angle = step * 30 + 15;
    expect(
      contrast(luminance(...ground, angle), luminance(...letters, angle)),
      `hue ${angle}`,
    ).toBeGreaterThan(4.5);
  }
});

/** WCAG's relative luminance of an OKLCH colour, clipped to what a screen shows. */
function luminance(lightness: number, chroma: number, angle: number): number {
  const a = chroma * Math.cos((angle * Math.PI) / 180);
  const b = chroma * Math.sin((angle * Math.PI) / 180);
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short);
  const green = clip(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short);
  const blue = clip(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
