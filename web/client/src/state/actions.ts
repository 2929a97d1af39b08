import type { RoomAction } from "../rooms/wire.ts";
import type { PendingMessage, State, Thread } from "../types.ts";
import type {
  ContactRequest,
  Conversation,
  Message,
  RequestBox,
  ServerEvent,
  SiteInfo,
} from "../wire.ts";

/** Everything that changes the state: what the server tells, and what this client did or asked for. */
export type Action =
  | ServerEvent
  | { type: "local.started"; me: string; site: SiteInfo }
  | { type: "local.site"; site: SiteInfo }
  | { type: "local.conversations"; items: Conversation[]; next: string | null; append: boolean }
  | { type: "local.conversation"; conversation: Conversation }
  | {
      type: "local.history";
      conversation: string;
      items: Message[];
      older: boolean;
      newest: boolean;
    }
  | { type: "local.pending"; pending: readonly PendingMessage[] }
  | { type: "local.presence"; seen: readonly { id: string; connected: boolean }[] }
  | {
      type: "local.requests";
      box: RequestBox;
      items: ContactRequest[];
      next: string | null;
      append: boolean;
    }
  | { type: "local.blocks"; members: readonly string[] }
  | { type: "local.block"; member: string; blocked: boolean }
  | RoomAction
  | { type: "local.stale" }
  | { type: "local.tick" };

export const EMPTY_THREAD: Thread = {
  messages: [],
  hasOlder: true,
  loaded: false,
  gap: false,
  pending: [],
  typing: [],
};

export const EMPTY_STATE: State = {
  me: null,
  conversations: [],
  loaded: false,
  oldestFirst: false,
  nextConversations: null,
  unknown: new Set(),
  left: new Set(),
  threads: new Map(),
  connected: new Set(),
  unread: 0,
  requests: { received: null, sent: null },
  blocks: null,
};
