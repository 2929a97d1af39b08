import type { Message, PendingMessage } from "#client";

/** Messages of one author closer than this stand together. */
const TOGETHER = 5 * 60_000;

export type Row =
  | { type: "day"; key: string; at: string }
  | { type: "unread"; key: string }
  | MessageRow
  | PendingRow;

export interface MessageRow {
  type: "message";
  key: string;
  message: Message;
  mine: boolean;
  /** First and last of a run by the same author. */
  first: boolean;
  last: boolean;
}

export interface PendingRow {
  type: "pending";
  key: string;
  pending: PendingMessage;
  first: boolean;
  last: boolean;
}

interface Question {
  messages: readonly Message[];
  pending: readonly PendingMessage[];
  me: string;
  /** Everything after it was unread when the conversation was opened; null: nothing was. */
  unreadAfter: number | null;
  /** There is more before the first of `messages`. */
  hasOlder?: boolean;
  dayKey: (iso: string) => string;
}

interface Entry {
  author: string;
  /** Whom it is for, where it is not for everybody: that stands apart. */
  aside: string;
  at: string;
  row: MessageRow | PendingRow;
}

/** What stands in the log, top to bottom. */
export function rows(question: Question): Row[] {
  const { messages, pending, me, unreadAfter, dayKey } = question;
  const entries = [
    ...messages.map((one) => sentEntry(one, me)),
    ...pending.map((one) => pendingEntry(one, me)),
  ];
  const result: Row[] = [];
  let before: Entry | null = null;
  let lineDrawn = unreadAfter === null || newFurtherUp(question);
  for (const entry of entries) {
    const day = dayKey(entry.at);
    const newDay = !before || dayKey(before.at) !== day;
    const line =
      !lineDrawn &&
      entry.row.type === "message" &&
      entry.row.message.seq > (unreadAfter ?? 0) &&
      !entry.row.mine;
    if (newDay) result.push({ type: "day", key: `day ${day}`, at: entry.at });
    if (line) result.push({ type: "unread", key: "unread" });
    lineDrawn ||= line;
    if (!newDay && !line && before && merged(before, entry)) continue;
    const follows = before && !newDay && !line && together(before, entry);
    if (follows && before) before.row.last = false;
    entry.row.first = !follows;
    result.push(entry.row);
    before = entry;
  }
  return result;
}

/** What is new begins before what is loaded: nobody can tell yet where. */
export function newFurtherUp({
  messages,
  unreadAfter,
  hasOlder,
}: Pick<Question, "messages" | "unreadAfter" | "hasOlder">): boolean {
  const [first] = messages;
  return Boolean(hasOlder && first && unreadAfter !== null && first.seq > unreadAfter + 1);
}

/** Who did the same to several, one after the other, has it told in one line. */
function merged({ row: before, at }: Entry, { row, at: now }: Entry): boolean {
  if (before.type !== "message" || row.type !== "message") return false;
  const [told, system] = [before.message.system, row.message.system];
  const by = (one: typeof system) => one?.by?.id;
  if (!told?.members?.length || !system?.members?.length) return false;
  if (told.event !== system.event || by(told) !== by(system) || far(at, now)) return false;
  const more = system.members.filter(({ id }) => !told.members?.some((one) => one.id === id));
  const members = [...told.members, ...more];
  before.message = { ...before.message, system: { ...told, members } };
  return true;
}

function sentEntry(message: Message, me: string): Entry {
  const { author } = message;
  const mine = author.kind === "member" && author.id === me;
  // A message keeps its place in the page when it goes from sending to sent.
  const key = mine && message.client_id ? message.client_id : message.id;
  const row: MessageRow = { type: "message", key, message, mine, first: true, last: true };
  return {
    author: author.kind === "system" ? message.id : `${author.kind} ${author.id} ${author.name}`,
    aside: message.whisper_to?.map(({ id }) => id).join() ?? "",
    at: message.sent_at,
    row,
  };
}

function pendingEntry(pending: PendingMessage, me: string): Entry {
  const row: PendingRow = {
    type: "pending",
    key: pending.clientId,
    pending,
    first: true,
    last: true,
  };
  const aside = pending.body.trimStart().startsWith("@") ? "pending" : "";
  return { author: `pending ${me}`, aside, at: pending.createdAt, row };
}

function together(a: Entry, b: Entry): boolean {
  const mine = (entry: Entry) => entry.row.type === "pending" || entry.row.mine;
  const same = a.author === b.author || (mine(a) && mine(b));
  return same && a.aside === b.aside && !far(a.at, b.at);
}

function far(a: string, b: string): boolean {
  return Math.abs(Date.parse(b) - Date.parse(a)) >= TOGETHER;
}
