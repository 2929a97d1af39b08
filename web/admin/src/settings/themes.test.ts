import { expect, test } from "vitest";
import { read, written } from "./themes.ts";

test("a domain in each line, with its themes", () => {
  const themes = [
    { domain: "Energy", themes: ["Wind", "Tides: the sea"] },
    { domain: "Land", themes: [] },
  ];
  expect(read(" Energy : Wind,, Tides: the sea \n\nLand\n")).toEqual(themes);
  expect(read(written(themes))).toEqual(themes);
  expect(read(" \n")).toEqual([]);
});
