import type { Thread } from "../types.ts";
import type { MemberCard, Message } from "../wire.ts";
import { moment } from "./conversations.ts";

/** How long a typing notice holds without another. */
const TYPING_FOR = 6_000;

/** Of two versions of one message the later one: removed beats edited beats as written; a moderator may restore. */
function later(known: Message, other: Message): Message {
  if (known.removed?.by === "author") return known;
  if (other.removed) return other;
  return moment(known.edited_at) > moment(other.edited_at) ? known : other;
}

/** Both lists in the order of `seq`, each message once, in its latest version. */
function merge(known: readonly Message[], more: readonly Message[]): Message[] {
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of more) {
    const old = bySeq.get(message.seq);
    bySeq.set(message.seq, old ? later(old, message) : message);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/**
 * A new message. Before history was loaded nothing is kept: the first page will hold it. One that does not follow
 * the last shows that something was missed (rooms may skip numbers).
 */
export function created(thread: Thread, message: Message, mayskip: boolean): Thread {
  const typing = thread.typing.filter((typist) => typist.memberId !== message.author.id);
  const pending = thread.pending.filter((entry) => entry.clientId !== message.client_id);
  if (!thread.loaded) return { ...thread, typing, pending };
  const last = thread.messages.at(-1);
  const expected = last ? last.seq + 1 : message.seq;
  const gap = thread.gap || (!mayskip && message.seq > expected);
  return { ...thread, typing, pending, gap, messages: merge(thread.messages, [message]) };
}

export function updated(thread: Thread, message: Message): Thread {
  if (!thread.messages.some((known) => known.seq === message.seq)) return thread;
  return { ...thread, messages: merge(thread.messages, [message]) };
}

/** The newest page as the server has it: what stands before it is forgotten, what came live after it stays. */
export function newestPage(thread: Thread, items: readonly Message[], hasOlder: boolean): Thread {
  const first = items[0]?.seq ?? Number.POSITIVE_INFINITY;
  const end = items.at(-1)?.seq ?? 0;
  const known = thread.messages.filter((message) => message.seq >= first);
  const arrived = thread.messages.filter((message) => message.seq > end);
  const messages = merge(items.length > 0 ? known : arrived, items);
  return { ...thread, messages, hasOlder, loaded: true, gap: false };
}

/** A page of older ones. */
export function olderPage(thread: Thread, items: readonly Message[], hasOlder: boolean): Thread {
  return { ...thread, messages: merge(thread.messages, items), hasOlder, loaded: true };
}

/** With the card of somebody whom it names as it is now. */
export function signed(message: Message, member: MemberCard): Message {
  const { author, system, whisper_to, mentions } = message;
  const isIt = (one: { id: string } | null | undefined) => one?.id === member.id;
  const named = [
    system?.by,
    ...(system?.members ?? []),
    ...(whisper_to ?? []),
    ...(mentions ?? []),
  ];
  const wrote = author.kind === "member" && isIt(author);
  if (!wrote && !named.some(isIt)) return message;
  const now = <T extends MemberCard | null>(one: T): T | MemberCard => (isIt(one) ? member : one);
  return {
    ...message,
    author: wrote ? { kind: "member", ...member } : author,
    system: system && { ...system, by: now(system.by), members: system.members?.map(now) },
    whisper_to: whisper_to?.map(now) ?? null,
    mentions: mentions?.map(now),
  };
}

export function typed(thread: Thread, memberId: string, name: string, now: number): Thread {
  const others = thread.typing.filter((typist) => typist.memberId !== memberId);
  return { ...thread, typing: [...others, { memberId, name, until: now + TYPING_FOR }] };
}

export function ticked(thread: Thread, now: number): Thread {
  const typing = thread.typing.filter((typist) => typist.until > now);
  return typing.length === thread.typing.length ? thread : { ...thread, typing };
}
