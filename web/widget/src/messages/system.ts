import type { MemberCard, Message } from "#client";
import type { Context } from "../context.ts";

/** Beyond so many, the others are counted. */
const NAMED = 5;

/** What happened, in the reader's language; the server's own words for what this client does not know. */
export function happened({ i18n, client }: Context, { system, author, body }: Message): string {
  if (!system) return body;
  const me = client.me?.id;
  const { by, members = [], name = "", call } = system;
  // Of a call, what became of it.
  const event = call ? `call.${call.outcome}` : system.event;
  const others = members.filter(({ id }) => id !== me);
  const own = by?.id === me;
  const itself = members.length === 1 && by?.id === members[0]?.id;
  const about = others.length === members.length ? "" : others.length ? "too" : "me";
  const form = itself ? (own ? "own" : "self") : own ? "you" : about;
  const text = i18n.find(`system.${event}.${form}`) ?? i18n.find(`system.${event}`);
  const shown = form === "too" ? others : members;
  const words = { by: by?.name ?? author.name, name, members: names(i18n, shown) };
  return text ? i18n.fill(text, words) : body;
}

function names(i18n: Context["i18n"], members: readonly MemberCard[]): string {
  const named = members.map(({ name }) => name);
  if (named.length <= NAMED) return i18n.list(named);
  const rest = named.splice(NAMED - 1).length;
  return i18n.list([...named, i18n.plural("system.others", rest)]);
}
