import { expect, test } from "vitest";
import type { Client, MemberCard, Message } from "#client";
import type { Context } from "../context.ts";
import { I18n, loadTexts } from "../i18n/i18n.ts";
import { happened } from "./system.ts";

const client = { me: { id: "ada" } } as unknown as Client;
const english: Context = { client, i18n: new I18n("en", "en", await loadTexts("en")) };
const french: Context = { client, i18n: new I18n("fr", "fr", await loadTexts("fr")) };
const card = (id: string) => ({ id, name: id[0]?.toUpperCase() + id.slice(1) }) as MemberCard;
const line = (by: string | null, event: string, members: string[] = [], name?: string) =>
  ({
    author: { kind: "system", id: "x", name: "Odile" },
    body: "What the server says.",
    system: { event, by: by === null ? null : card(by), members: members.map(card), name },
  }) as unknown as Message;
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

test.each([
  [line("bob", "group_created", [], "Books"), "Bob created the group “Books”"],
  [line("ada", "group_created", [], "Books"), "You created the group “Books”"],
  [line(null, "renamed", [], "{by}"), "Odile named the group “{by}”"],
  [line("bob", "members_added", ["carl"]), "Bob added Carl"],
  [line("bob", "members_added", ["carl", "dan", "eve"]), "Bob added Carl, Dan, and Eve"],
  [line("ada", "members_added", ["carl"]), "You added Carl"],
  [line("bob", "members_added", ["ada"]), "Bob added you"],
  [line("bob", "members_added", ["ada", "carl"]), "Bob added you and Carl"],
  [
    line("bob", "members_added", ["c", "d", "e", "f", "g", "h", "i"]),
    "Bob added C, D, E, F, and 3 others",
  ],
  [line("bob", "member_left"), "Bob left the group"],
  [line("ada", "member_left"), "You left the group"],
  [line("bob", "admin_made", ["ada"]), "Bob made you admin"],
  [line("bob", "admin_unmade", ["bob"]), "Bob is no longer admin"],
  [line("ada", "admin_unmade", ["ada"]), "You are no longer admin"],
  [line("bob", "something_new"), "What the server says."],
])("%o is said as %s", (message, said) => {
  expect(happened(english, message)).toBe(said);
});

test.each([
  [line("bob", "members_added", ["ada"]), "Bob vous a fait entrer dans le groupe"],
  [
    line("bob", "members_added", ["ada", "carl"]),
    "Bob vous a fait entrer dans le groupe, ainsi que Carl",
  ],
  [line("ada", "renamed", [], "Lecture"), "Vous avez nommé le groupe « Lecture »"],
  [line("bob", "admin_made", ["carl", "dan"]), "Bob a confié l’administration à Carl et Dan"],
])("in French %o is %s", (message, said) => {
  expect(plain(happened(french, message))).toBe(said);
});

test("what somebody wrote is as they wrote it", () => {
  expect(happened(english, { body: "{by} Hello", system: null } as unknown as Message)).toBe(
    "{by} Hello",
  );
});
