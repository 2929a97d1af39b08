// Which call this page is in. One for each client, whatever elements the page has.
import type { Call, CallEvent, Calls, Client, MemberCard } from "#client";
import { isOver, Meeting } from "./meeting.ts";
import type { Signal } from "./peer.ts";
import { ring } from "./ringing.ts";

const desks = new WeakMap<Client, CallDesk>();

export function callDesk(client: Client): CallDesk {
  const known = desks.get(client) ?? new CallDesk(client);
  desks.set(client, known);
  return known;
}

/** Events: "change". */
export class CallDesk extends EventTarget {
  meeting: Meeting | null = null;
  /** The element that shows it: the first of the page. */
  shownBy: unknown = null;
  readonly #client: Client;
  #calls: Calls | null = null;
  #me: string | null = null;
  #silence: (() => void) | null = null;
  #online = false;
  /** How often calls were told of. */
  #told = 0;
  #closing: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client) {
    super();
    this.#client = client;
    client.addEventListener("call", (event) =>
      this.#heard((event as CustomEvent<CallEvent>).detail),
    );
    client.addEventListener("change", () => this.#onClient());
    this.#onClient();
  }

  /** Before one calls: the preview. */
  async prepare(other: MemberCard, media: Call["media"]): Promise<void> {
    if (this.meeting && this.meeting.phase !== "over") return;
    const meeting = await this.#meet(other, media, null);
    await meeting?.prepare();
  }

  close(): void {
    void this.meeting?.leave();
    this.#show(null);
  }

  async #meet(other: MemberCard, media: Call["media"], call: Call | null) {
    const { me } = this.#client;
    this.#calls ??= await this.#client.calls();
    if (!me) return null;
    const meeting = new Meeting(this.#calls, me, other, media, call);
    this.#show(meeting);
    return meeting;
  }

  #show(meeting: Meeting | null): void {
    this.meeting?.removeEventListener("change", this.#onMeeting);
    this.meeting = meeting;
    meeting?.addEventListener("change", this.#onMeeting);
    this.#onMeeting();
  }

  #onClient(): void {
    const { me, status } = this.#client;
    const online = status === "online";
    if (online && (!this.#online || me?.id !== this.#me)) void this.#catchUp().catch(() => {});
    if (!me && this.meeting) this.close();
    this.#online = online;
    this.#me = me?.id ?? null;
  }

  /** What happened while this page was away, or was loaded again. */
  async #catchUp(): Promise<void> {
    this.#calls ??= await this.#client.calls();
    const { before, open } = await this.#openNow(this.#calls);
    const now = this.meeting?.call;
    const known = open.find(({ id }) => id === now?.id);
    if (known) this.meeting?.follow(known);
    // What began after the question can't be missing in the answer.
    else if (now && now.id === before && !isOver(now)) await this.meeting?.leave();
    this.meeting?.reconnected();
    for (const call of open) {
      if (call.state === "ringing" && call.direction === "incoming") await this.#incoming(call);
      else if (call.id === this.#calls.left) await this.#return(call);
    }
  }

  /** An answer that a call was told of after the question is an old one: asked again. */
  async #openNow(calls: Calls): Promise<{ before: string | undefined; open: readonly Call[] }> {
    const told = this.#told;
    const before = this.meeting?.call?.id;
    const open = await calls.open();
    return told === this.#told ? { before, open } : this.#openNow(calls);
  }

  /** Into the call in which this page was before it was loaded again. */
  async #return(call: Call): Promise<void> {
    if (this.meeting || !this.#calls) return;
    const now = await this.#calls.rejoin(call.id);
    const meeting = await this.#meet(otherOf(now), now.media, null);
    await meeting?.prepare();
    meeting?.follow(now);
  }

  async #incoming(call: Call): Promise<void> {
    const { meeting } = this;
    const preparing = meeting?.phase === "preview";
    if (meeting && !preparing && meeting.phase !== "over") return;
    // Both had the same thought.
    if (preparing && meeting.other.id === call.caller.id) return meeting.follow(call);
    if (preparing) await meeting.leave();
    await this.#meet(call.caller, call.media, call);
  }

  #heard(event: CallEvent): void {
    const { meeting } = this;
    if (event.type === "call.signal") {
      if (event.call_id === meeting?.call?.id) meeting.hear(event.data as Signal);
      return;
    }
    this.#told += 1;
    const { call } = event;
    if (event.type === "call.incoming") {
      // While calls are fetched for the first time it may be over: asked after that.
      if (this.#calls) void this.#incoming(call);
      else void this.#catchUp().catch(() => {});
      return;
    }
    // It may be told before the answer to one's own asking is here.
    const mine = meeting?.call ? meeting.call.id === call.id : this.#calls?.isHere(call);
    if (mine) meeting?.follow(call);
  }

  #stays(): void {
    clearTimeout(this.#closing);
    this.#closing = undefined;
  }

  #onMeeting = (): void => {
    const { meeting } = this;
    if (meeting?.phase !== "over" || meeting.error) this.#stays();
    else this.#closing ??= setTimeout(() => this.close(), SHOWN_FOR);
    const sound = meeting?.phase;
    const rings = sound === "incoming" || sound === "outgoing";
    if (rings) this.#silence ??= ring(sound);
    else {
      this.#silence?.();
      this.#silence = null;
    }
    this.dispatchEvent(new Event("change"));
  };
}

/** The conversation has the line: what became of a call need not stand in the way. */
const SHOWN_FOR = 8_000;

function otherOf({ direction, caller, callee }: Call): MemberCard {
  return direction === "outgoing" ? callee : caller;
}
