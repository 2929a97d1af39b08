// The people in a room as far as they are loaded: in the order of their names, page after page. Pure.
import type { MemberCard, Present } from "#client";

export interface PresentList {
  readonly people: readonly Present[];
  /** Cursor of the next page; null: everybody is here. */
  readonly next: string | null;
}

export const NOBODY: PresentList = { people: [], next: null };

/** How names are ordered. */
export type Order = (a: { name: string }, b: { name: string }) => number;

/** Those who came: where their name belongs, unless that is on a page that is not loaded. */
export function came(list: PresentList, members: readonly MemberCard[], order: Order): PresentList {
  const known = new Map(list.people.map((one) => [one.id, one]));
  const last = list.people.at(-1);
  const within = (one: MemberCard) => list.next === null || (last && order(one, last) < 0);
  const fresh = members.filter((one) => !known.has(one.id) && within(one));
  if (fresh.length === 0) return list;
  return { ...list, people: [...list.people, ...fresh].sort(order) };
}

export function went(list: PresentList, ids: readonly string[]): PresentList {
  const gone = new Set(ids);
  const people = list.people.filter(({ id }) => !gone.has(id));
  return people.length === list.people.length ? list : { ...list, people };
}

/** A further page, or an earlier one again: in place of what stood between its first and its last. */
export function withPage(
  list: PresentList,
  items: readonly Present[],
  next: string | null,
): PresentList {
  const fresh = new Set(items.map(({ id }) => id));
  return { people: [...list.people.filter(({ id }) => !fresh.has(id)), ...items], next };
}

/** Whether a search finds somebody, as the server searches. */
export function matches({ name, login }: MemberCard, query: string): boolean {
  const wanted = fold(query).split(/\s+/);
  const words = [...fold(name).split(/\s+/), fold(login)];
  return wanted.every((one) => words.some((word) => word.startsWith(one)));
}

function fold(text: string): string {
  return text.trim().normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
