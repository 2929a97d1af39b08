import { expect, test } from "vitest";
import type { Client, Conversation, Message } from "#client";
import type { Context } from "../context.ts";
import { I18n, loadTexts } from "../i18n/i18n.ts";
import { previewOf, titleOf } from "./naming.ts";

const client = {
  me: { id: "me" },
  site: { name: "Fair" },
  state: { blocks: new Set(["eve"]) },
} as unknown as Client;
const en = await loadTexts("en");
const ctx: Context = { client, i18n: new I18n("en", "en", en) };
const last = (author: Partial<Message["author"]>, more: Partial<Message> = {}) =>
  ({
    author: { kind: "member", id: "a", name: "Ana", ...author },
    body: "Hello\n  you",
    removed: null,
    ...more,
  }) as Message;
const of = (more: Partial<Conversation>) =>
  ({ kind: "direct", peer: null, name: null, last_message: null, ...more }) as Conversation;

test("the organizers' conversation has the title of the reader's language", () => {
  expect(titleOf(of({ kind: "organizer", name: "Organisateur - Fair" }), ctx)).toBe(
    "Organizer - Fair",
  );
});

test("others are named after the other person, or as the group is", () => {
  expect(titleOf(of({ peer: { name: "Ana" } as Conversation["peer"] }), ctx)).toBe("Ana");
  expect(titleOf(of({ kind: "group", name: "Readers" }), ctx)).toBe("Readers");
  expect(titleOf(of({ kind: "group" }), ctx)).toBe("Group");
});

test("the preview is one line and says who spoke where that is not plain", () => {
  expect(previewOf(of({ last_message: last({}) }), ctx)).toBe("Hello you");
  expect(previewOf(of({ last_message: last({ id: "me" }) }), ctx)).toBe("You: Hello you");
  expect(previewOf(of({ kind: "group", last_message: last({}) }), ctx)).toBe("Ana: Hello you");
  expect(
    previewOf(
      of({ last_message: last({}, { body: "", removed: { by: "author", at: "", reason: null } }) }),
      ctx,
    ),
  ).toBe("Message withdrawn");
  expect(previewOf(of({}), ctx)).toBe("No messages yet");
});

test("what a blocked member says where others talk too stands in no preview", () => {
  const said = last({ id: "eve", name: "Eve" });
  expect(previewOf(of({ kind: "group", last_message: said }), ctx)).toBe(en["messages.folded"]);
  expect(previewOf(of({ kind: "direct", last_message: said }), ctx)).toBe("Hello you");
});
