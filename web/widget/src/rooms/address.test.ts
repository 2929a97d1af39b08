import { describe, expect, it } from "vitest";
import {
  addressed,
  addressOf,
  completed,
  isAside,
  plain,
  spoken,
  started,
  unique,
  words,
} from "./address.ts";
import leads from "./leads.json";

describe("whom a message is for", () => {
  // The server is tried with the same ones: what is private here it must never take for public.
  it.each(leads)("may be some alone behind %j", (lead) => {
    expect(addressOf(`${lead}@bob hi`)).toEqual({ logins: ["bob"], text: "hi" });
  });

  it.each(["@bob hi", "  @bob hi", "＠bob hi", "﹫bob", "@", "@@bob"])(
    "may be some alone: %j",
    (text) => {
      expect(isAside(text)).toBe(true);
    },
  );

  it.each([
    "",
    "hi @bob",
    "a@b.example",
    ".@bob",
    "“@bob”",
    "#@bob",
    "   ",
    "\u{1f642}@bob",
    // Assigned one day, perhaps to an emoji: this browser does not know it, the server may.
    "\u{1faff}@bob",
  ])("is everybody: %j", (text) => {
    expect(isAside(text)).toBe(false);
    expect(addressOf(text)).toBeNull();
  });

  it("are the names at the beginning, in whatever spelling", () => {
    expect(addressOf("@Bob @anna.b, hello @carl")).toEqual({
      logins: ["Bob", "anna.b"],
      text: "hello @carl",
    });
    expect(addressOf("@a@b;@c hi")).toEqual({ logins: ["a", "b", "c"], text: "hi" });
    expect(addressOf("@")).toEqual({ logins: [""], text: "" });
    expect(["Bob", "ANNA.B,", "b\u200bob", "ｂｏｂ", "bob!?"].map(plain)).toEqual([
      "bob",
      "anna.b",
      "bob",
      "bob",
      "bob",
    ]);
  });

  it("are counted once each, in whatever spelling", () => {
    const many = Array.from({ length: 20 }, (_, at) => `@m${at}`).join(" ");
    const count = (text: string) => unique(addressOf(text)?.logins ?? []).length;
    expect(count(`${many} hi`)).toBe(20);
    expect(count(`${many} @M0, @ｍ1 @m\u200b2 @m3! @ hi`)).toBe(20);
    expect(count(`${many} @m20 hi`)).toBe(21);
    expect(unique(["Bob", "anna", "bob"])).toEqual(["Bob", "anna"]);
  });

  it("is not repeated in what one reads", () => {
    expect(spoken("@bob @anna two\nlines")).toBe("two\nlines");
    expect(spoken("plain")).toBe("plain");
  });

  it("grows by a press, and nobody is named twice", () => {
    expect(addressed("", ["bob"])).toBe("@bob ");
    expect(addressed("hello", ["bob"])).toBe("@bob hello");
    expect(addressed("@Bob hello", ["bob", "anna"])).toBe("@Bob @anna hello");
    expect(addressed("@", ["bob"])).toBe("@bob ");
  });
});

describe("a name one has begun to write", () => {
  it("is found before the caret, at the beginning and in mid-text", () => {
    expect(started("@an", 3)).toEqual({ prefix: "an", at: 0 });
    expect(started("hi @", 4)).toEqual({ prefix: "", at: 3 });
    expect(started("hi (@jo", 7)).toEqual({ prefix: "jo", at: 4 });
    expect(started("hi @an there", 6)).toEqual({ prefix: "an", at: 3 });
  });

  it("is none in an address or after a space", () => {
    expect(started("me@example", 10)).toBeNull();
    expect(started("@anna hi", 8)).toBeNull();
    expect(started("@anna", 0)).toBeNull();
  });

  it("is completed where it stands", () => {
    expect(completed("@an", 3, 0, "anna")).toEqual({ text: "@anna ", caret: 6 });
    expect(completed("hi @an there", 6, 3, "anna")).toEqual({ text: "hi @anna there", caret: 9 });
  });
});

describe("mentions", () => {
  it("are those the server knows of, and nothing else that looks like it", () => {
    expect(words("see @Anna and @bob, or a@anna.example", ["anna"])).toEqual([
      "see ",
      { login: "anna", text: "@Anna" },
      " and @bob, or a@anna.example",
    ]);
    expect(words("@anna.", ["anna"])).toEqual([{ login: "anna", text: "@anna" }, "."]);
    expect(words("nobody @here", [])).toEqual(["nobody @here"]);
  });
});
