import { describe, expect, it } from "vitest";
import type { Present } from "#client";
import { came, matches, NOBODY, type PresentList, went, withPage } from "./present.ts";

const order = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
const person = (name: string): Present => ({
  id: name,
  login: name.toLowerCase(),
  name,
  avatar_url: null,
  headline: null,
  badges: [],
});
const list = (next: string | null, ...names: string[]): PresentList => ({
  people: names.map(person),
  next,
});
const names = ({ people }: PresentList) => people.map(({ name }) => name);

describe("those who are in a room", () => {
  it("stand in the order of their names when they come, each once", () => {
    const all = came(
      list(null, "Ada", "Carl"),
      [person("Bob"), person("Zoe"), person("Ada")],
      order,
    );
    expect(names(all)).toEqual(["Ada", "Bob", "Carl", "Zoe"]);
  });

  it("wait for their page when that is not loaded yet", () => {
    const all = came(list("next", "Ada", "Carl"), [person("Bob"), person("Zoe")], order);
    expect(names(all)).toEqual(["Ada", "Bob", "Carl"]);
    expect(names(came({ ...NOBODY, next: "n" }, [person("Bob")], order))).toEqual([]);
  });

  it("are gone when they go, and nothing changes for who was not there", () => {
    const before = list(null, "Ada", "Bob");
    expect(names(went(before, ["Ada", "Carl"]))).toEqual(["Bob"]);
    expect(went(before, ["Carl"])).toBe(before);
  });

  it("come page by page, each once", () => {
    const all = withPage(list("two", "Ada", "Bob"), [person("Bob"), person("Carl")], null);
    expect(names(all)).toEqual(["Ada", "Bob", "Carl"]);
    expect(all.next).toBeNull();
  });

  it("are found by the beginnings of words, without accents", () => {
    const ines = { ...person("Inès Carvalho"), login: "icarv" };
    for (const query of ["ines", "car", "ICA", "carv inè"]) expect(matches(ines, query)).toBe(true);
    for (const query of ["valho", "ines b"]) expect(matches(ines, query)).toBe(false);
  });
});
