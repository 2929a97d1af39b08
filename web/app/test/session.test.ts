import { expect, test } from "vitest";
import { MemoryStorage } from "#client";
import { LastingSession, memberIn } from "../session.ts";

const KEY = "parvis:session:x";
const session = (access_token: string, id = "ada", name = "Ada") =>
  JSON.stringify({ access_token, member: { id, name } });

test("what one window signed in, the others find", () => {
  const storage = new MemoryStorage();
  new LastingSession(storage).setItem(KEY, session("1"));
  const other = new LastingSession(storage);
  expect(memberIn(other.getItem(KEY))).toBe("ada");
  other.removeItem(KEY);
  expect(storage.getItem(KEY)).toBeNull();
});

test("a window with an older session leaves the newer one alone", () => {
  const storage = new MemoryStorage();
  const [older, newer] = [new LastingSession(storage), new LastingSession(storage)];
  older.setItem(KEY, session("1"));
  newer.setItem(KEY, session("2", "bob", "Bob"));
  older.setItem(KEY, session("1", "ada", "Ada Lovelace"));
  older.removeItem(KEY);
  expect(memberIn(storage.getItem(KEY))).toBe("bob");
  // It signs in anew: that counts.
  older.setItem(KEY, session("3"));
  expect(memberIn(storage.getItem(KEY))).toBe("ada");
});

test("a window that had not heard of the newer session yet is put right", () => {
  const storage = new MemoryStorage();
  const [older, newer] = [new LastingSession(storage), new LastingSession(storage)];
  older.setItem(KEY, session("1"));
  const before = storage.getItem(KEY);
  newer.getItem(KEY);
  newer.setItem(KEY, session("2", "bob", "Bob"));
  const after = storage.getItem(KEY);
  // What each window is told, in either order, ends in the same.
  storage.setItem(KEY, before ?? "");
  expect(newer.outlasts(KEY, before)).toBe(true);
  expect(memberIn(storage.getItem(KEY))).toBe("bob");
  expect(older.outlasts(KEY, after)).toBe(false);
  expect(memberIn(storage.getItem(KEY))).toBe("bob");
  expect(newer.outlasts(KEY, null), "signed out").toBe(false);
});

test("a renewed session is as old as it was", () => {
  const storage = new MemoryStorage();
  const [older, newer, late] = [0, 1, 2].map(() => new LastingSession(storage));
  older?.setItem(KEY, session("1"));
  newer?.getItem(KEY);
  newer?.setItem(KEY, session("2", "bob", "Bob"));
  older?.setItem(KEY, session("3"));
  expect(memberIn(storage.getItem(KEY))).toBe("bob");
  newer?.setItem(KEY, session("4", "bob", "Bob"));
  expect(storage.getItem(KEY)).toContain('"4"');
  // Who signs in later does so later, whatever the clock says.
  late?.getItem(KEY);
  late?.setItem(KEY, session("5"));
  expect(memberIn(storage.getItem(KEY))).toBe("ada");
  expect(newer?.outlasts(KEY, storage.getItem(KEY))).toBe(false);
});

test("what can't be read is nobody's", () => {
  for (const text of [null, "null", "{", "{}", '{"member":{}}']) expect(memberIn(text)).toBeNull();
});
