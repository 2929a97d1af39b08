import { expect, test } from "vitest";
import type { Rule } from "../wire.ts";
import { effective, mark, matrixOf, next, put, putRow, rulesOf, same } from "./matrix.ts";

const rules: Rule[] = [
  { from: "visitors", to: "everyone", effect: "allow", rights: ["see", "reply"] },
  { from: "visitors", to: { population: "press" }, effect: "never", rights: ["see"] },
  { from: "exhibitors", to: { view: "v1" }, effect: "allow", rights: ["start", "call"] },
];

test("rules become a table and rules again", () => {
  expect(rulesOf(matrixOf(rules))).toEqual(rules);
  expect(same(rules, [...rules].reverse())).toBe(true);
  expect(same(rules, rules.slice(1))).toBe(false);
});

test("several rules of one cell add up; a never beats an allow, whichever comes first", () => {
  const allow: Rule = { from: "a", to: "everyone", effect: "allow", rights: ["see", "start"] };
  const never: Rule = { from: "a", to: "everyone", effect: "never", rights: ["start"] };
  for (const both of [
    [allow, never],
    [never, allow],
  ]) {
    const matrix = matrixOf(both);
    expect(mark(matrix, "a", "everyone", "start")).toBe("never");
    expect(mark(matrix, "a", "everyone", "see")).toBe("allow");
  }
});

test("what holds in a cell follows what is said of everyone", () => {
  const matrix = matrixOf(rules);
  expect(effective(matrix, "visitors", "population:exhibitors", "see")).toBe("inherited");
  expect(effective(matrix, "visitors", "population:press", "see")).toBe("never");
  expect(effective(matrix, "visitors", "everyone", "start")).toBeUndefined();
  const closed = put(matrix, "exhibitors", "everyone", "start", "never");
  expect(effective(closed, "exhibitors", "view:v1", "start")).toBe("never");
});

test("a press goes round, and nothing else changes", () => {
  expect([undefined, "allow", "never"].map((one) => next(one as never))).toEqual([
    "allow",
    "never",
    undefined,
  ]);
  const matrix = matrixOf(rules);
  const changed = put(matrix, "visitors", "everyone", "see", undefined);
  expect(mark(matrix, "visitors", "everyone", "see")).toBe("allow");
  expect(rulesOf(changed)[0]).toEqual({ ...rules[0], rights: ["reply"] });
});

test("a row begun again speaks of everyone alone", () => {
  const row = rulesOf(putRow(matrixOf(rules), "visitors", ["see"])).filter(
    (one) => one.from === "visitors",
  );
  expect(row).toEqual([{ from: "visitors", to: "everyone", effect: "allow", rights: ["see"] }]);
  expect(
    rulesOf(putRow(matrixOf(rules), "visitors", [])).some((one) => one.from === "visitors"),
  ).toBe(false);
});
