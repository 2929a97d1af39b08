import { type Client, type MemberCard, type MemberWithRelation, Problem } from "#client";
import type { OpenTarget } from "../../loader/src/contract.ts";

/** Where one is inside the messenger or the section. */
export type Screen =
  | { name: "list" }
  | { name: "conversation"; id: string }
  | { name: "people" }
  | { name: "requests" }
  | { name: "settings" }
  /** `members` are chosen already. */
  | { name: "new-group"; members?: readonly MemberCard[] }
  | { name: "group"; id: string };

/** What is asked about a group, over whatever screen it is asked from. */
export type GroupTask =
  | { what: "leave"; id: string }
  | { what: "readers"; id: string; message: string };

/** Something that can show a conversation: the floating messenger or the section. */
export interface Door extends HTMLElement {
  client: Client | null;
  show(screen: Screen): void;
  /** Whether somebody whom one has blocked is unblocked, to write to them. */
  asksToUnblock(member: MemberWithRelation): Promise<boolean>;
}

const doors = new Set<Door>();

export function addDoor(door: Door): void {
  doors.add(door);
}

export function removeDoor(door: Door): void {
  doors.delete(door);
}

/** The messenger where there is one, else the section; a page with neither gets a messenger. */
export function door(client: Client): Door {
  const mine = [...doors].filter((one) => one.isConnected && one.client === client);
  const found = mine.find((one) => one.localName === "parvis-messenger") ?? mine[0];
  if (found) return found;
  const made = document.createElement("parvis-messenger") as unknown as Door;
  made.client = client;
  document.body.append(made);
  return made;
}

/** Finds the conversation meant, making it if need be; null when one rather not unblocks who is meant. */
export async function conversationFor(
  client: Client,
  target: OpenTarget,
  asks: Door["asksToUnblock"] = (member) => door(client).asksToUnblock(member),
): Promise<string | null> {
  if ("conversation" in target) return listed(client, target.conversation);
  if ("organizer" in target) {
    const known = client.state.conversations.find((one) => one.kind === "organizer");
    return (known ?? (await client.openOrganizer())).id;
  }
  const known = client.state.conversations.find(
    (one) => one.kind === "direct" && matches(one.peer, target.member),
  );
  return known?.id ?? withMember(client, await member(client, target.member), asks);
}

async function withMember(
  client: Client,
  member: MemberWithRelation,
  asks: Door["asksToUnblock"],
): Promise<string | null> {
  try {
    return (await client.openDirect(member.id)).id;
  } catch (error) {
    if (Problem.of(error).code !== "blocked_by_you") throw error;
    if (!(await asks(member))) return null;
    await client.contacts.unblock(member.id);
    return (await client.openDirect(member.id)).id;
  }
}

/** An old conversation may stand on a page of the list that is not loaded yet. */
async function listed(client: Client, id: string): Promise<string> {
  while (
    !client.state.conversations.some((one) => one.id === id) &&
    client.state.nextConversations !== null
  ) {
    await client.loadMoreConversations();
  }
  return id;
}

function matches(peer: { id: string; login: string } | null, member: string): boolean {
  return (
    peer !== null && (peer.id === member || peer.login.toLowerCase() === bare(member).toLowerCase())
  );
}

function bare(login: string): string {
  return login.replace(/^@/, "");
}

/** A page says a login, with or without "@", or an id. */
function member(client: Client, who: string): Promise<MemberWithRelation> {
  return client.member(`@${bare(who)}`).catch((error) => {
    if (Problem.of(error).status !== 404) throw error;
    return client.member(who);
  });
}

export async function openTarget(client: Client, target: OpenTarget): Promise<void> {
  const id = await conversationFor(client, target);
  if (id === null) return;
  const place = door(client);
  place.show({ name: "conversation", id });
  if (place.localName !== "parvis-messenger") place.scrollIntoView({ block: "nearest" });
}
