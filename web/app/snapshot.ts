// The last state, small enough to be kept in the browser, and what can be answered from it.
import type { Conversation, Message, Page, SiteInfo, State } from "#client";

const MOST_CONVERSATIONS = 50;
export const MOST_THREADS = 20;
/** A page of history. */
const MOST_MESSAGES = 50;
/** Characters. Browsers give a page some five million, and what is written needs its place too. */
const LARGEST = 1_000_000;

interface KeptThread {
  readonly messages: readonly Message[];
  readonly older: boolean;
}

export interface Snapshot {
  /** Whose it is: nobody else is shown any of it. */
  readonly member: string;
  readonly site: SiteInfo;
  readonly conversations: readonly Conversation[];
  readonly threads: Readonly<Record<string, KeptThread>>;
}

/** The state as it is now; of conversations that nobody opened this time, what was known before. */
export function snapshotOf(
  { me, conversations, threads }: State,
  site: SiteInfo,
  before: Snapshot | null,
): Snapshot | null {
  if (me === null) return null;
  const known = before?.member === me ? before.threads : {};
  const last = conversations.slice(0, MOST_CONVERSATIONS);
  const kept = last.flatMap(({ id }): [string, KeptThread][] => {
    const thread = threads.get(id);
    const now = thread?.loaded && {
      messages: thread.messages.slice(-MOST_MESSAGES),
      older: thread.hasOlder || thread.messages.length > MOST_MESSAGES,
    };
    const one = now || known[id];
    return one ? [[id, one]] : [];
  });
  return {
    member: me,
    site,
    conversations: last,
    threads: Object.fromEntries(kept.slice(0, MOST_THREADS)),
  };
}

/** As it is written down: with fewer threads where it would be too large. */
export function written(snapshot: Snapshot): string {
  for (let threads = Object.entries(snapshot.threads); ; threads = threads.slice(0, -1)) {
    const text = JSON.stringify({ ...snapshot, threads: Object.fromEntries(threads) });
    if (text.length <= LARGEST || threads.length === 0) return text;
  }
}

/** Whether what is kept of a conversation goes up to its last message. */
export function isKept(snapshot: Snapshot | null, { id, last_seq }: Conversation): boolean {
  const thread = snapshot?.threads[id];
  return thread !== undefined && (thread.messages.at(-1)?.seq ?? 0) >= last_seq;
}

/** What the server said to a question under `/api/v1` when it was last here; undefined where that is not known. */
export function answerFrom(snapshot: Snapshot, path: string, query: URLSearchParams): unknown {
  if (path === `/sites/${encodeURIComponent(snapshot.site.slug)}`) return snapshot.site;
  if (query.has("cursor") || query.has("before")) return undefined;
  if (path === "/conversations")
    return { items: [...snapshot.conversations], next: null } satisfies Page<Conversation>;
  const id = /^\/conversations\/([^/]+)\/messages$/.exec(path)?.[1];
  const thread = snapshot.threads[decodeURIComponent(id ?? "")];
  if (!thread) return undefined;
  const next = thread.older ? "older" : null;
  return { items: [...thread.messages], next } satisfies Page<Message>;
}
