import type { Requests, State } from "../types.ts";
import type { ContactRequest, RequestBox } from "../wire.ts";
import type { Action } from "./actions.ts";
import { moment } from "./conversations.ts";

type Known = Extract<Action, { type: "local.requests" | "local.blocks" | "local.block" }>;

/** What was asked for, or done here. */
export function known(state: State, action: Known): State {
  if (action.type === "local.requests") return loaded(state, action);
  if (action.type === "local.blocks") return { ...state, blocks: new Set(action.members) };
  return blocked(state, action.member, action.blocked);
}

/** A page of a box: the first says what is there, the next ones add to it. */
function loaded(state: State, page: Extract<Known, { type: "local.requests" }>): State {
  const fresh = new Set(page.items.map(({ id }) => id));
  const kept = page.append ? (state.requests[page.box]?.items ?? []) : [];
  const items = [...kept.filter(({ id }) => !fresh.has(id)), ...page.items];
  return withBox(state, page.box, { items, next: page.next });
}

/** A request as its side now sees it: in its box while it waits for an answer, out of it after. */
export function requested(state: State, request: ContactRequest): State {
  const box: RequestBox = request.to.id === state.me ? "received" : "sent";
  const known = state.requests[box];
  if (!known) return state;
  const others = known.items.filter(({ id }) => id !== request.id);
  if (request.state !== "pending") {
    return others.length === known.items.length
      ? state
      : withBox(state, box, { ...known, items: others });
  }
  const items = [...others, request].sort((a, b) => moment(b.created_at) - moment(a.created_at));
  return withBox(state, box, { ...known, items });
}

function withBox(state: State, box: RequestBox, requests: Requests): State {
  return { ...state, requests: { ...state.requests, [box]: requests } };
}

/** Somebody is blocked, or not any more: known where the list of blocks is. */
function blocked(state: State, member: string, is: boolean): State {
  const { blocks } = state;
  if (!blocks || blocks.has(member) === is) return state;
  const others = [...blocks].filter((one) => one !== member);
  return { ...state, blocks: new Set(is ? [...others, member] : others) };
}
