// Rooms, beside one's own conversations: which there are, what is said in those one has entered, who is in them.
import { Announcer } from "../announcer.ts";
import type { Api } from "../api.ts";
import { Backoff } from "../backoff.ts";
import type { Environment } from "../environment.ts";
import type { Call } from "../http.ts";
import { OwnList } from "../list.ts";
import type { Outgoing } from "../outgoing.ts";
import { Problem } from "../problem.ts";
import type { LiveSocket } from "../socket.ts";
import { isNews } from "../state/conversations.ts";
import type { reduce } from "../state/reducer.ts";
import { EMPTY_ROOMS, isBlocked, lastSaid, reduceRooms } from "../state/rooms.ts";
import { Store } from "../store.ts";
import type { Client, PendingMessage } from "../types.ts";
import type { Conversation, ServerEvent, Session } from "../wire.ts";
import { RoomCalls } from "./calls.ts";
import { Dismissed } from "./dismissed.ts";
import { Inside } from "./inside.ts";
import type { ReportSubject, Rooms, RoomsState } from "./types.ts";
import type { Held } from "./wire.ts";

export interface RoomsHost {
  client: Client;
  environment: Environment;
  api: Api;
  call: <T>(where: string, call?: Call) => Promise<T>;
  socket: LiveSocket;
  outgoing: Outgoing;
}

const PAGE = 100;

export class Keeper extends Announcer implements Rooms {
  readonly moderation: RoomCalls;
  readonly #host: RoomsHost;
  readonly #store: Store<RoomsState>;
  readonly #dismissed: Dismissed;
  readonly #inside: Inside;
  readonly #list: OwnList;
  readonly #backoff: Backoff;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ticking: ReturnType<typeof setTimeout> | undefined;
  #blocks: RoomsState["blocks"] = null;

  constructor(host: RoomsHost) {
    super();
    const { client, environment, api, outgoing } = host;
    const how = { empty: EMPTY_ROOMS, reduce: reduceRooms as unknown as typeof reduce };
    this.#host = host;
    this.moderation = new RoomCalls(host.call);
    this.#backoff = new Backoff(environment.random);
    this.#store = new Store(environment, () => this.changed(), how);
    this.#list = new OwnList(api, this.#store, outgoing);
    this.#dismissed = new Dismissed(host);
    this.#inside = new Inside(host, this.#store, {
      calls: this.moderation,
      dismissed: this.#dismissed,
      complain: this.complain,
    });
    client.addEventListener("change", () => {
      this.#followBlocks();
      this.changed();
    });
    client.addEventListener("relations", (event) =>
      this.tell("relations", (event as CustomEvent).detail),
    );
  }

  get state(): RoomsState {
    return this.#store.state;
  }

  /** Another member, or nobody. */
  begin(): void {
    const { me, site } = this.#host.client;
    clearTimeout(this.#timer);
    this.#inside.begin();
    this.#store.begin(me && site ? ({ member: me, site } as Session) : null);
    this.#blocks = null;
    this.#followBlocks();
    if (!me) return;
    this.contacts.knowBlocks();
    void this.#reload();
  }

  /** Whom one blocks is for the client to know; here it decides what counts. */
  #followBlocks(): void {
    const { blocks } = this.#host.client.state;
    if (blocks === this.#blocks) return;
    this.#blocks = blocks;
    this.#store.dispatch({ type: "local.blocks", members: [...(blocks ?? [])] });
  }

  /** The connection is there. When `fresh`, what was known before may be old. */
  ready(fresh: boolean): void {
    if (fresh || !this.state.loaded) void this.#reload();
    this.#inside.ready();
  }

  down(): void {
    this.#inside.down();
  }

  pending(pending: readonly PendingMessage[]): void {
    this.#store.dispatch({ type: "local.pending", pending });
  }

  /** True: it was about a room. */
  heard(event: ServerEvent): boolean {
    this.#inside.seen(event.cursor);
    switch (event.type) {
      case "member.updated":
      case "presence":
        this.#store.dispatch(event);
        return false;
      case "site.updated":
        this.#timer = setTimeout(
          () => void this.#reload(),
          this.#host.environment.random() * 2_000,
        );
        return false;
    }
    const id = roomOf(event);
    if (id === null || !(this.state.rooms.has(id) || isRoom(event))) return false;
    const news =
      event.type === "message.created" &&
      isNews(this.state, event.message) &&
      !isBlocked(this.state, event.message);
    this.#store.dispatch(event);
    this.#after(event, id);
    if (news) this.tell("message", event.message);
    return true;
  }

  #after(event: ServerEvent, id: string): void {
    if (event.type === "room.joined" || event.type === "room.left") this.tell("here", event);
    else if (event.type === "typing") this.#tickLater();
    else if (event.type === "conversation.removed") this.#inside.removed(id);
    else if (event.type === "conversation.updated" || event.type === "room.updated")
      this.#inside.changed(event.conversation);
  }

  load(): Promise<void> {
    return this.#store
      .load(
        () => this.moderation.rooms(),
        ({ items }) => ({ type: "local.rooms", items }),
      )
      .then(() => this.#inside.ready());
  }

  enter(room: string): void {
    this.#inside.enter(room);
  }

  leave(room: string): void {
    this.#inside.leave(room);
  }

  connected(room: string, query?: string, cursor?: string) {
    return this.moderation.connected(room, query || undefined, cursor, PAGE);
  }

  logins(room: string, prefix: string) {
    return this.moderation.logins(room, prefix);
  }

  dismiss(held: Held): void {
    this.#dismissed.add(held);
    this.#store.dispatch({ type: "local.dismissed", held });
  }

  report(what: ReportSubject, reason: string): Promise<void> {
    return this.moderation.report(what, reason);
  }

  group(name: string, members: readonly string[]): Promise<Conversation> {
    return this.moderation.group(name, members);
  }

  lastSaid(room: string): string | null {
    return lastSaid(this.state, room);
  }

  loadHistory(room: string, before?: number): Promise<void> {
    return this.#inside.history(room, before);
  }

  markRead(room: string, seq: number): void {
    this.#list.markRead(room, seq);
  }

  async #reload(): Promise<void> {
    clearTimeout(this.#timer);
    const me = this.me?.id;
    try {
      await this.load();
      this.#backoff.reset();
    } catch (error) {
      const problem = Problem.of(error);
      if (me !== this.me?.id) return;
      if (problem.passing)
        this.#timer = setTimeout(() => void this.#reload(), this.#backoff.next());
      else this.complain(problem);
    }
  }

  /** Typing notices go stale by themselves. */
  #tickLater(): void {
    clearTimeout(this.#ticking);
    this.#ticking = setTimeout(() => this.#store.dispatch({ type: "local.tick" }), 6_500);
  }

  // What a room has no part in, as the client does it.
  get options() {
    return this.#host.client.options;
  }
  get status() {
    return this.#host.client.status;
  }
  get problem() {
    return this.#host.client.problem;
  }
  get me() {
    return this.#host.client.me;
  }
  get site() {
    return this.#host.client.site;
  }
  get contacts() {
    return this.#host.client.contacts;
  }
  readonly rooms = () => Promise.resolve(this);
  readonly signIn: Client["signIn"] = (token) => this.#host.client.signIn(token);
  readonly signInWithPassword: Client["signInWithPassword"] = (...who) =>
    this.#host.client.signInWithPassword(...who);
  readonly signOut = () => this.#host.client.signOut();
  readonly members: Client["members"] = (query) => this.#host.client.members(query);
  readonly member: Client["member"] = (who) => this.#host.client.member(who);
  readonly populations = () => this.#host.client.populations();
  readonly loadConversations = () => this.load();
  readonly loadMoreConversations = () => Promise.resolve();
  readonly openDirect: Client["openDirect"] = (id) => this.#host.client.openDirect(id);
  readonly openOrganizer = () => this.#host.client.openOrganizer();
  readonly send: Client["send"] = (...what) => this.#host.client.send(...what);
  readonly retry: Client["retry"] = (id) => this.#host.client.retry(id);
  readonly discard: Client["discard"] = (id) => this.#host.client.discard(id);
  readonly edit: Client["edit"] = (...what) => this.#host.client.edit(...what);
  readonly withdraw: Client["withdraw"] = (...what) => this.#host.client.withdraw(...what);
  readonly typing: Client["typing"] = (id) => this.#host.client.typing(id);
  readonly markUnread: Client["markUnread"] = (id) => this.#list.markUnread(id);
  readonly remove: Client["remove"] = (...what) => this.#host.client.remove(...what);
  readonly groups: Client["groups"] = () => this.#host.client.groups();
  readonly suggestions: Client["suggestions"] = () => this.#host.client.suggestions();
  readonly calls: Client["calls"] = () => this.#host.client.calls();
  readonly mute: Client["mute"] = (id, muted) => this.#list.change(id, { muted });
  readonly restore: Client["restore"] = (id) => this.#host.client.restore(id);
  readonly updateMe: Client["updateMe"] = (patch) => this.#host.client.updateMe(patch);
  readonly close = () => this.down();
}

function roomOf(event: ServerEvent): string | null {
  if ("message" in event) return event.message.conversation_id;
  if ("conversation" in event) return event.conversation.id;
  if ("conversation_id" in event) return event.conversation_id;
  return "held" in event ? event.held.conversation_id : null;
}

function isRoom(event: ServerEvent): boolean {
  return "conversation" in event && event.conversation.kind === "room";
}
