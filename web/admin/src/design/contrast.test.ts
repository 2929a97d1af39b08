import { expect, test } from "vitest";
import { contrast, onAccent } from "./contrast.ts";
import { styleOf, stylesheet } from "./style.ts";

test("contrast is WCAG's", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  expect(contrast("#777777", "#777777")).toBe(1);
});

test("text on any colour can be read", () => {
  for (const accent of ["#3b5bdb", "#ffe066", "#808080", "#ff0000", "#00ff00"])
    expect(contrast(accent, onAccent(accent)), accent).toBeGreaterThan(4.5);
});

test("only what is a colour, a size or a font gets into the stylesheet", () => {
  const style = styleOf({ accent: "red;} *{", radius: "999px", font: "x; } *{" });
  expect(stylesheet(style)).toBe(
    ":root {\n  --parvis-accent: #3b5bdb;\n  --parvis-radius: 16px;\n}",
  );
});

test("what was chosen stands in the stylesheet", () => {
  const style = styleOf({ accent: "#0b7a5f", radius: "0px", font: '"Open Sans", sans-serif' });
  expect(stylesheet(style)).toBe(
    ':root {\n  --parvis-accent: #0b7a5f;\n  --parvis-radius: 0px;\n  --parvis-font: "Open Sans", sans-serif;\n}',
  );
});
