import { expect, test } from "vitest";
import { MemoryStorage } from "#client";
import { lastingSession, memberIn } from "../session.ts";

const KEY = "parvis:session:x";
const session = (access_token: string, id = "ada", name = "Ada") =>
  JSON.stringify({ access_token, member: { id, name } });

test("what one window signed in, the others find", () => {
  const storage = new MemoryStorage();
  lastingSession(storage).setItem(KEY, session("1"));
  const other = lastingSession(storage);
  expect(memberIn(other.getItem(KEY))).toBe("ada");
  other.removeItem(KEY);
  expect(storage.getItem(KEY)).toBeNull();
});

test("a window with an older session leaves the newer one alone", () => {
  const storage = new MemoryStorage();
  const [older, newer] = [lastingSession(storage), lastingSession(storage)];
  older.setItem(KEY, session("1"));
  newer.setItem(KEY, session("2", "bob", "Bob"));
  older.setItem(KEY, session("1", "ada", "Ada Lovelace"));
  older.removeItem(KEY);
  expect(memberIn(storage.getItem(KEY))).toBe("bob");
  // It signs in anew: that counts.
  older.setItem(KEY, session("3"));
  expect(memberIn(storage.getItem(KEY))).toBe("ada");
});

test("what can't be read is nobody's", () => {
  for (const text of [null, "null", "{", "{}", '{"member":{}}']) expect(memberIn(text)).toBeNull();
});
