import { Announcer } from "./announcer.ts";
import { Api } from "./api.ts";
import { ContactsKeeper } from "./contacts/contacts.ts";
import { type Environment, pageEnvironment } from "./environment.ts";
import { type Calls, Http } from "./http.ts";
import { OwnList } from "./list.ts";
import { Outgoing } from "./outgoing.ts";
import { Problem } from "./problem.ts";
import { RoomsDoor } from "./rooms/door.ts";
import { SessionKeeper } from "./session.ts";
import { LiveSocket } from "./socket.ts";
import { isMine, isNews } from "./state/conversations.ts";
import { Store } from "./store.ts";
import { Sync } from "./sync.ts";
import type { Client, MemberQuery, ParvisOptions, State, Status } from "./types.ts";
import { Voice } from "./voice.ts";
import type {
  Conversation,
  Me,
  MemberWithRelation,
  MePatch,
  Page,
  Population,
  ServerEvent,
  Session,
  SiteInfo,
} from "./wire.ts";

/** The client of one site, for one member at a time. It starts at once with what the options give. */
export function createClient(
  options: ParvisOptions,
  environment: Partial<Environment> = {},
): Client {
  return new ParvisClient(options, { ...pageEnvironment(), ...environment });
}

class ParvisClient extends Announcer implements Client {
  readonly options: Readonly<ParvisOptions>;
  problem: Problem | null = null;
  readonly contacts: ContactsKeeper;
  readonly #store: Store;
  readonly #session: SessionKeeper;
  readonly #api: Api;
  readonly #sync: Sync;
  readonly #socket: LiveSocket;
  readonly #outgoing: Outgoing;
  readonly #list: OwnList;
  readonly #voice: Voice;
  readonly #rooms: RoomsDoor;
  readonly #environment: Environment;
  #calls: ReturnType<Client["calls"]> | undefined;
  #publicSite: SiteInfo | null = null;
  #starting = true;
  #wasOnline = false;

  constructor(options: ParvisOptions, environment: Environment) {
    super();
    this.options = options;
    this.#environment = environment;
    this.#store = new Store(environment, () => this.changed());
    const http = new Http(environment, options.origin);
    this.#session = new SessionKeeper(environment, http, options, {
      changed: (session, problem) => this.#onSession(session, problem),
      renewed: () => this.#onRenewed(),
    });
    this.#api = new Api(http, this.#call);
    this.#sync = new Sync(environment, this.#api, this.#store, this.complain);
    this.contacts = new ContactsKeeper(this.#api, this.#store, this.#sync, {
      told: (member) => this.tell("relations", member),
      complain: this.complain,
    });
    this.#socket = new LiveSocket(environment, options.origin, {
      token: () => this.#session.current?.access_token ?? null,
      event: (event) => this.#onEvent(event),
      ready: (fresh, member) => this.#onReady(fresh, member),
      down: () => {
        this.#rooms.keeper?.down();
        this.changed();
      },
      unauthorized: () => void this.#session.lost(),
    });
    this.#outgoing = new Outgoing(environment, this.#api, this.#socket);
    this.#list = new OwnList(this.#api, this.#store, this.#outgoing);
    this.#rooms = new RoomsDoor(() => ({
      client: this,
      environment,
      api: this.#api,
      call: this.#call,
      socket: this.#socket,
      outgoing: this.#outgoing,
    }));
    this.#voice = new Voice(environment, this.#api, this.#outgoing, this.#store, this.#rooms);
    void this.#session.start();
  }

  get status(): Status {
    if (!this.#session.current) {
      if (this.#starting) return "connecting";
      return this.problem ? "refused" : "signed-out";
    }
    if (this.#socket.ready) return "online";
    return this.#wasOnline || this.#environment.away?.() ? "offline" : "connecting";
  }

  get me(): Me | null {
    return this.#session.current?.member ?? null;
  }

  get site(): SiteInfo | null {
    return this.#session.current?.site ?? this.#publicSite;
  }

  get state(): State {
    return this.#store.state;
  }

  signIn(token: string): Promise<void> {
    return this.#session.signIn(token);
  }

  signInWithPassword(login: string, password: string): Promise<void> {
    return this.#session.signInWithPassword(login, password);
  }

  signOut(): Promise<void> {
    this.#voice.outbox?.clear();
    return this.#session.signOut();
  }

  close(): void {
    this.#stop();
    this.#session.close();
    this.#socket.close();
  }

  async members(query: MemberQuery): Promise<Page<MemberWithRelation>> {
    const page = await this.#api.members(query);
    this.#store.dispatch({ type: "local.presence", seen: page.items });
    return page;
  }

  async member(idOrLogin: string): Promise<MemberWithRelation> {
    const member = await this.#api.member(idOrLogin);
    this.#store.dispatch({ type: "local.presence", seen: [member] });
    return member;
  }

  readonly populations = (): Promise<Page<Population>> => this.#api.populations();
  readonly loadConversations = (): Promise<void> => this.#sync.loadConversations(undefined);
  readonly loadMoreConversations = (): Promise<void> => this.#sync.loadMore();

  readonly openDirect: Client["openDirect"] = (member) => this.#open({ kind: "direct", member });
  readonly openOrganizer: Client["openOrganizer"] = () => this.#open({ kind: "organizer" });
  readonly loadHistory: Client["loadHistory"] = (...what) => this.#sync.loadHistory(...what);

  readonly groups: Client["groups"] = () =>
    import("./groups/groups.ts").then(
      ({ GroupsKeeper }) => new GroupsKeeper(this.#call, this.#store),
    );
  readonly suggestions: Client["suggestions"] = () =>
    import("./suggestions/suggestions.ts").then(
      ({ SuggestionsKeeper }) => new SuggestionsKeeper(this.#call),
    );
  readonly rooms: Client["rooms"] = () => this.#rooms.open();
  readonly calls: Client["calls"] = () =>
    (this.#calls ??= import("./calls/calls.ts").then(
      ({ CallsKeeper }) => new CallsKeeper(this.#environment, this.#call, this.#socket, this),
    ));

  readonly send: Client["send"] = (...what) => this.#voice.send(...what);
  readonly retry = (clientId: string): void => this.#voice.outbox?.retry(clientId);
  readonly discard = (clientId: string): void => this.#voice.outbox?.discard(clientId);
  readonly edit: Client["edit"] = (...what) => this.#voice.edit(...what);
  readonly withdraw: Client["withdraw"] = (...what) => this.#voice.withdraw(...what);

  readonly markRead = (conversationId: string, seq: number): void =>
    this.#list.markRead(conversationId, seq);
  readonly markUnread = (conversationId: string): Promise<void> =>
    this.#list.markUnread(conversationId);
  readonly typing = (conversationId: string): void => this.#outgoing.typing(conversationId);
  readonly remove: Client["remove"] = (...what) => this.#list.remove(...what);
  restore(conversationId: string): Promise<void> {
    return this.#list.change(conversationId, { listed: true });
  }

  mute(conversationId: string, muted: boolean): Promise<void> {
    return this.#list.change(conversationId, { muted });
  }

  async updateMe(patch: MePatch): Promise<void> {
    const member = await this.#api.updateMe(patch);
    this.#session.update({ member });
    this.changed();
  }

  readonly #call: Calls = (where, call) => this.#session.call(where, call);

  #open(what: Parameters<Api["open"]>[0]): Promise<Conversation> {
    return this.#store.load(
      () => this.#api.open(what),
      (conversation) => ({ type: "local.conversation", conversation }),
    );
  }

  #onSession(session: Session | null, problem: Problem | null): void {
    this.#stop();
    this.#starting = false;
    this.#wasOnline = false;
    this.problem = problem;
    this.#store.begin(session);
    this.contacts.begin();
    this.#rooms.keeper?.begin();
    if (!session) return void this.#loadSite();
    const { origin, site } = this.options;
    this.#voice.begin(`${origin}:${site}:${session.member.id}`);
    this.#socket.start();
    this.#sync.start();
  }

  /** What anybody may know of the site: how to sign in to it, its texts; or that this page may not use it. */
  async #loadSite(): Promise<void> {
    try {
      // What only members may know stays as it was.
      const site = { ...this.site, ...(await this.#api.site(this.options.site)) };
      this.#publicSite = site;
      this.#session.update({ site });
      this.#store.dispatch({ type: "local.site", site });
    } catch (error) {
      const problem = Problem.of(error);
      if (!problem.passing && !this.#session.current) this.problem ??= problem;
    }
    this.changed();
  }

  #onMe(member: Me): void {
    if (member.id === this.me?.id) this.#session.update({ member });
    this.changed();
  }

  #onRenewed(): void {
    this.problem = null;
    this.#socket.renew();
    this.changed();
  }

  #stop(): void {
    this.#socket.stop();
    this.#sync.stop();
    this.#outgoing.reads.clear();
    this.#voice.end();
  }

  #onReady(fresh: boolean, member: Me | undefined): void {
    if (fresh && (this.#wasOnline || this.#session.taken)) void this.#loadSite();
    if (fresh && this.#wasOnline) this.contacts.refresh();
    this.#wasOnline = true;
    if (member) this.#session.update({ member });
    this.changed();
    this.#sync.ready(fresh);
    this.#outgoing.reads.again();
    this.#rooms.keeper?.ready(fresh);
    this.#voice.outbox?.flush();
  }

  #onEvent(event: ServerEvent): void {
    // The server has it, whether or not its answer arrived.
    if (event.type === "message.created" && isMine(this.state, event.message))
      this.discard(event.message.client_id);
    if (event.type.startsWith("call.")) return this.tell("call", event);
    if (this.#rooms.heard(event)) return;
    const news = event.type === "message.created" && isNews(this.state, event.message);
    const before = this.state;
    this.#store.dispatch(event);
    this.contacts.heard(event, before);
    switch (event.type) {
      case "message.created":
        if (news) this.tell("message", event.message);
        break;
      case "member.updated":
        // It tells what everybody sees; one's own profile says more.
        if (event.member.id === this.me?.id)
          this.#api.me().then(
            (member) => this.#onMe(member),
            () => {},
          );
        this.#sync.memberChanged(event.member.id);
        break;
      case "site.updated":
        this.#session.update({ site: event.site });
        this.#sync.reloadSoon();
        this.changed();
        break;
      case "typing":
        this.#sync.tickLater();
        break;
    }
    this.#sync.mend();
  }
}
