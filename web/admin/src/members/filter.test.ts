import { expect, test } from "vitest";
import type { View } from "../wire.ts";
import { DEFAULT_COLUMNS } from "./columns.ts";
import { apiQuery, audienceOf, changed, readShown, type Shown, writeShown } from "./filter.ts";

const view: View = {
  id: "v1",
  name: "Visitors who are here",
  filter: { population: "visitors", connected: true },
  columns: ["login", "connected"],
  sort: "-last_seen",
  shared: true,
  in_rules: false,
};
const plainView: View = { ...view, id: "v2", name: "Plain", filter: {}, columns: [], sort: "name" };
const views = [view, plainView];
const plain: Shown = { view: null, filter: {}, sort: "name", columns: [...DEFAULT_COLUMNS] };
const read = (text: string) => readShown(new URLSearchParams(text), views);
const again = (shown: Shown) => readShown(writeShown(shown, views), views);

test("an empty address shows everyone, and everyone has an empty address", () => {
  expect(read("")).toEqual(plain);
  expect(writeShown(plain, views).toString()).toBe("");
});

test("a view brings its filter, its order and its columns", () => {
  const shown = read("view=v1");
  expect(shown).toEqual({
    view: "v1",
    filter: view.filter,
    sort: "-last_seen",
    columns: ["login", "connected"],
  });
  expect(writeShown(shown, views).toString()).toBe("view=v1");
  expect(changed(shown, views)).toBe(false);
});

test.each<[string, Partial<Shown>]>([
  ["another filter", { filter: { population: "press", contactable: false } }],
  ["no filter any more", { filter: {} }],
  ["several values", { filter: { badge: ["VIP", "Press"], last_seen: "-30" } }],
  ["what the website says", { filter: { attributes: { sector: "Wood", size: ["S", "M"] } } }],
  ["another order", { sort: "login" }],
  ["other columns", { columns: ["email"] }],
  ["everything", { filter: { query: "a b,c" }, sort: "created_at", columns: ["badges", "email"] }],
])("%s: the address keeps it, of a view and without one", (_, change) => {
  for (const start of [plain, read("view=v1")]) {
    const shown = { ...start, ...change };
    expect(again(shown)).toEqual(shown);
  }
  expect(changed({ ...read("view=v1"), ...change }, views)).toBe(true);
});

test("an unchanged view is asked for by its name, a changed one by what it became", () => {
  const shown = read("view=v1");
  expect(apiQuery(shown, views)).toEqual({ view: "v1" });
  expect(audienceOf(shown, views)).toEqual({ view: "v1" });
  const other = { ...shown, filter: { population: "visitors" } };
  expect(apiQuery(other, views)).toMatchObject({ population: "visitors" });
  expect(audienceOf(other, views)).toEqual({ filter: { population: "visitors" } });
});

test("what comes on top of a view is asked for beside it", () => {
  const shown = { ...read("view=v1"), filter: { ...view.filter, badge: "VIP" } };
  expect(apiQuery(shown, views)).toEqual({ view: "v1", badge: "VIP" });
});

test("what has no field of its own is asked for together", () => {
  const filter = { query: "ada", badge: ["VIP", "Press"], attributes: { sector: "Wood" } };
  expect(apiQuery({ ...plain, filter }, views)).toEqual({
    query: "ada",
    filter: JSON.stringify({ badge: ["VIP", "Press"], attributes: { sector: "Wood" } }),
  });
});

test("an address that nobody made is read as far as it makes sense", () => {
  expect(read("view=gone&columns=nonsense&connected=perhaps&attributes=[1]").filter).toEqual({});
  expect(read("columns=nonsense").columns).toEqual(DEFAULT_COLUMNS);
});
