import { expect, test } from "vitest";
import type { Conversation, Message, SiteInfo, State } from "#client";
import { EMPTY_STATE, EMPTY_THREAD } from "../../client/src/state/actions.ts";
import {
  answerFrom,
  isKept,
  MOST_THREADS,
  type Snapshot,
  snapshotOf,
  written,
} from "../snapshot.ts";

const SITE = { slug: "forum", name: "Forum" } as SiteInfo;
const NOTHING = new URLSearchParams();

const conversation = (id: string, last_seq: number) => ({ id, last_seq }) as Conversation;
const messages = (count: number, body = "x") =>
  Array.from({ length: count }, (_, at) => ({ seq: at + 1, body }) as Message);
const stateOf = (conversations: Conversation[], threads: Record<string, Message[]>): State => ({
  ...EMPTY_STATE,
  me: "ada",
  loaded: true,
  conversations,
  threads: new Map(
    Object.entries(threads).map(([id, all]) => [
      id,
      { ...EMPTY_THREAD, loaded: true, hasOlder: false, messages: all },
    ]),
  ),
});
const kept = (state: State, before: Snapshot | null = null): Snapshot => {
  const snapshot = snapshotOf(state, SITE, before);
  if (!snapshot) throw new Error("nobody's");
  return snapshot;
};

test("what was loaded is answered, and nothing else", () => {
  const snapshot = kept(
    stateOf([conversation("a/b", 2), conversation("c", 9)], { "a/b": messages(2) }),
  );
  expect(answerFrom(snapshot, "/sites/forum", NOTHING)).toEqual(SITE);
  expect(answerFrom(snapshot, "/conversations", NOTHING)).toEqual({
    items: [conversation("a/b", 2), conversation("c", 9)],
    next: null,
  });
  expect(answerFrom(snapshot, "/conversations/a%2Fb/messages", NOTHING)).toEqual({
    items: messages(2),
    next: null,
  });
  for (const path of [
    "/me",
    "/members",
    "/sites/other",
    "/conversations/c/messages",
    "/conversations/c",
  ])
    expect(answerFrom(snapshot, path, NOTHING), path).toBeUndefined();
  const before = new URLSearchParams("before=2");
  expect(answerFrom(snapshot, "/conversations/a%2Fb/messages", before)).toBeUndefined();
  expect(answerFrom(snapshot, "/conversations", new URLSearchParams("cursor=x"))).toBeUndefined();
});

test("of a long thread the last page is kept, and that there is more", () => {
  const snapshot = kept(stateOf([conversation("a", 80)], { a: messages(80) }));
  const page = answerFrom(snapshot, "/conversations/a/messages", NOTHING) as {
    items: Message[];
    next: unknown;
  };
  expect([page.items.length, page.items[0]?.seq, page.next]).toEqual([50, 31, "older"]);
});

test("what nobody opened this time stays as it was, for the same member alone", () => {
  const before = kept(
    stateOf([conversation("a", 2), conversation("gone", 1)], { a: messages(2), gone: messages(1) }),
  );
  const now = stateOf([conversation("a", 3)], {});
  expect(kept(now, before).threads.a?.messages).toEqual(messages(2));
  expect(Object.keys(kept(now, before).threads)).toEqual(["a"]);
  expect(isKept(kept(now, before), conversation("a", 2))).toBe(true);
  expect(isKept(kept(now, before), conversation("a", 3))).toBe(false);
  expect(kept({ ...now, me: "bob" }, before).threads).toEqual({});
  expect(snapshotOf({ ...now, me: null }, SITE, before)).toBeNull();
});

test("it stays small: so many threads, and fewer where they are long", () => {
  const many = Array.from({ length: 70 }, (_, at) => conversation(String(at), 50));
  const threads = (body: string) =>
    Object.fromEntries(many.map(({ id }) => [id, messages(50, body)]));
  const snapshot = kept(stateOf(many, threads("x")));
  expect([snapshot.conversations.length, Object.keys(snapshot.threads).length]).toEqual([
    50,
    MOST_THREADS,
  ]);
  const large = written(kept(stateOf(many, threads("x".repeat(4_000)))));
  expect(large.length).toBeLessThanOrEqual(1_000_000);
  expect(Object.keys((JSON.parse(large) as Snapshot).threads)).toEqual(["0", "1", "2", "3"]);
});
