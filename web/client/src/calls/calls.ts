// Calls: fetched where they are switched on.
import type { Environment } from "../environment.ts";
import type { Calls as Ask } from "../http.ts";
import type { LiveSocket } from "../socket.ts";
import type { Call, CallEvent, CallMedia, Calls, IceServers } from "./types.ts";

/** Where a page that is loaded again finds the call it was in. */
const KEY = "parvis:call";
/** What could not be said for so long is not worth saying. */
const FORGOTTEN_AFTER = 10_000;
const MOST_WAITING = 200;

export class CallsKeeper implements Calls {
  readonly #ask: Ask;
  readonly #socket: LiveSocket;
  readonly #environment: Environment;
  /** This page; after each beginning anew, another name. */
  readonly #page: string;
  #times = 0;
  /** Entered by this page, not by one that was loaded before it. */
  #entered: string | null = null;
  #waiting: { at: number; call: string; data: object }[] = [];

  constructor(environment: Environment, ask: Ask, socket: LiveSocket, online: EventTarget) {
    this.#environment = environment;
    this.#ask = ask;
    this.#socket = socket;
    this.#page = crypto.randomUUID();
    online.addEventListener("change", () => this.#flush());
    online.addEventListener("call", (event) => {
      const { detail } = event as CustomEvent<CallEvent>;
      if (detail.type === "call.updated") this.#follow(detail.call);
    });
  }

  get left(): string | null {
    return this.#environment.session.getItem(KEY);
  }

  async open(): Promise<readonly Call[]> {
    const { items } = await this.#ask<{ items: Call[] }>("/calls");
    if (!items.some(({ id }) => id === this.left)) this.#forget();
    return items;
  }

  start(member: string, media: CallMedia): Promise<Call> {
    return this.#enter("/calls", { member, media, client_id: crypto.randomUUID() });
  }

  accept(id: string): Promise<Call> {
    return this.#enter(`${path(id)}/accept`);
  }

  rejoin(id: string): Promise<Call> {
    this.#times += 1;
    return this.#enter(`${path(id)}/rejoin`);
  }

  decline(id: string): Promise<Call> {
    return this.#leave(`${path(id)}/decline`);
  }

  hangUp(id: string): Promise<Call> {
    return this.#leave(`${path(id)}/hang-up`);
  }

  signal(call: string, data: object): void {
    this.#waiting.push({ at: this.#environment.now(), call, data });
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    this.#flush();
  }

  iceServers(): Promise<IceServers> {
    return this.#ask("/ice-servers");
  }

  isHere({ direction, started_on, answered_on }: Call): boolean {
    const on = direction === "outgoing" ? started_on : answered_on;
    return on?.startsWith(this.#page) ?? false;
  }

  get #device(): string {
    return `${this.#page}.${this.#times}`;
  }

  async #enter(where: string, more: object = {}): Promise<Call> {
    const body = { ...more, device: this.#device };
    const call = await this.#ask<Call>(where, { method: "POST", body });
    this.#environment.session.setItem(KEY, call.id);
    this.#entered = call.id;
    this.#follow(call);
    return call;
  }

  /** Nobody comes back to what is over, or goes on elsewhere. */
  #follow(call: Call): void {
    if (call.id !== this.left) return;
    const { id, state } = call;
    const here = id !== this.#entered || this.isHere(call);
    if (!here || (state !== "ringing" && state !== "active")) this.#forget();
  }

  #forget(): void {
    this.#environment.session.removeItem(KEY);
  }

  #leave(where: string): Promise<Call> {
    this.#forget();
    return this.#ask(where, { method: "POST", body: { device: this.#device } });
  }

  #flush(): void {
    if (!this.#socket.ready) return;
    const now = this.#environment.now();
    for (const { at, call, data } of this.#waiting.splice(0)) {
      if (now - at > FORGOTTEN_AFTER) continue;
      const frame = { type: "call.signal", call_id: call, data, device: this.#device } as const;
      // Cut off at this moment: the two find each other anew.
      this.#socket.command(frame).catch(() => {});
    }
  }
}

function path(id: string): string {
  return `/calls/${encodeURIComponent(id)}`;
}
