// The live connection: says hello, keeps its place in the stream, notices silence, comes back.

import { Backoff } from "./backoff.ts";
import type { Environment } from "./environment.ts";
import { asJson } from "./json.ts";
import { Problem } from "./problem.ts";
import type { Answer, CommandFrame, Me, ServerEvent, ServerFrame } from "./wire.ts";

/** After so long without a word we ask; after so long without an answer the connection is dead. */
const ASK_AFTER = 25_000;
const ANSWER_WITHIN = 12_000;
const READY_WITHIN = 15_000;
const COMMAND_WITHIN = 15_000;

export interface SocketHost {
  /** The access token to say hello with. */
  token(): string | null;
  event(event: ServerEvent): void;
  /** Live from here on. `fresh`: nothing known before still holds, load again. */
  ready(fresh: boolean, member: Me | undefined): void;
  down(): void;
  /** The server ended or refused the session. */
  unauthorized(): void;
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(problem: Problem): void;
  timer: ReturnType<typeof setTimeout>;
}

export class LiveSocket {
  readonly #environment: Environment;
  readonly #url: string;
  readonly #host: SocketHost;
  readonly #backoff: Backoff;
  #socket: WebSocket | null = null;
  #ready = false;
  #resync = false;
  #cursor: string | null = null;
  #wanted = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #waiting = new Map<string, Waiting>();
  #reference = 0;

  constructor(environment: Environment, origin: string, host: SocketHost) {
    this.#environment = environment;
    this.#url = `${origin.replace(/^http/, "ws")}/api/v1/realtime`;
    this.#host = host;
    this.#backoff = new Backoff(environment.random);
    environment.events?.addEventListener("online", this.#hurry);
    environment.events?.addEventListener("focus", this.#hurry);
    environment.events?.addEventListener("offline", this.#cut);
  }

  get ready(): boolean {
    return this.#ready;
  }

  /** Connects and stays connected until `stop`. */
  start(): void {
    this.#wanted = true;
    if (!this.#socket) this.#connect();
  }

  /** Forgets its place too: the next `start` is a first one. */
  stop(): void {
    this.#wanted = false;
    this.#cursor = null;
    clearTimeout(this.#retry);
    this.#drop();
  }

  close(): void {
    this.stop();
    this.#environment.events?.removeEventListener("online", this.#hurry);
    this.#environment.events?.removeEventListener("focus", this.#hurry);
    this.#environment.events?.removeEventListener("offline", this.#cut);
  }

  /** Says hello again, with the present token, where it left off. */
  renew(): void {
    if (!this.#wanted) return;
    this.#drop();
    this.#connect();
  }

  /** A command with an answer. Rejects with a passing problem when the connection goes first. */
  command(frame: CommandFrame): Promise<Answer> {
    const socket = this.#socket;
    if (!this.#ready || !socket) return Promise.reject(Problem.unreachable());
    this.#reference += 1;
    const ref = String(this.#reference);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(ref);
        reject(Problem.unreachable());
        if (this.#socket === socket) this.#lost();
      }, COMMAND_WITHIN);
      this.#waiting.set(ref, { resolve, reject, timer });
      socket.send(asJson({ ...frame, ref }));
    });
  }

  /** A passing signal without an answer; dropped when not connected. */
  signal(frame: { type: string; [field: string]: unknown }): void {
    if (this.#ready) this.#socket?.send(asJson(frame));
  }

  readonly #hurry = (event: Event): void => {
    if (!this.#wanted) return;
    this.#backoff.reset();
    // A network that came back, or a machine that slept, says nothing about a connection that was open before: ask.
    if (this.#ready) this.#ask();
    else if (event.type === "online" || !this.#socket) this.renew();
  };

  /** The machine knows that its network is gone long before the silence tells. */
  readonly #cut = (): void => {
    if (this.#ready) this.#lost();
  };

  #connect(): void {
    clearTimeout(this.#retry);
    const token = this.#host.token();
    if (!token) return;
    const socket = new this.#environment.WebSocket(this.#url);
    this.#socket = socket;
    const mine = (work: () => void) => () => {
      if (this.#socket === socket) work();
    };
    this.#expect(READY_WITHIN);
    socket.addEventListener(
      "open",
      mine(() => this.#hello(socket, token)),
    );
    socket.addEventListener("message", (event) => {
      if (this.#socket === socket) this.#receive(String(event.data));
    });
    // Says nothing that "close" does not; outside browsers an error that nobody hears ends the program.
    socket.addEventListener("error", () => {});
    socket.addEventListener("close", (event) => {
      if (this.#socket === socket) this.#closed(event.code);
    });
  }

  #hello(socket: WebSocket, token: string): void {
    const resume = this.#cursor === null ? {} : { resume: this.#cursor };
    socket.send(asJson({ type: "hello", access_token: token, ...resume }));
  }

  #receive(text: string): void {
    if (this.#ready) this.#listen();
    else this.#expect(READY_WITHIN);
    let frame: ServerFrame;
    try {
      frame = JSON.parse(text);
    } catch {
      return;
    }
    switch (frame.type) {
      case "ready":
        return this.#becomeReady(frame.cursor, frame.member);
      case "resync":
        // On an open connection too: what was missed is gone.
        if (this.#ready) this.#host.ready(true, undefined);
        else this.#resync = true;
        return;
      case "ok":
        return this.#answered(frame.ref, (waiting) => waiting.resolve(frame));
      case "error":
        return this.#answered(frame.ref, (waiting) => waiting.reject(new Problem(frame.problem)));
      default:
        if (frame.cursor) this.#cursor = frame.cursor;
        this.#host.event(frame);
    }
  }

  #becomeReady(cursor: string, member: Me | undefined): void {
    const fresh = this.#resync || this.#cursor === null;
    this.#resync = false;
    this.#cursor = cursor;
    this.#ready = true;
    this.#backoff.reset();
    this.#listen();
    this.#host.ready(fresh, member);
  }

  #answered(reference: unknown, answer: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(String(reference));
    if (!waiting) return;
    this.#waiting.delete(String(reference));
    clearTimeout(waiting.timer);
    answer(waiting);
  }

  #listen(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#ask(), ASK_AFTER);
  }

  #ask(): void {
    this.signal({ type: "ping", ref: "ping" });
    this.#expect(ANSWER_WITHIN);
  }

  #expect(within: number): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lost(), within);
  }

  #closed(code: number): void {
    this.#drop();
    if (code === 4401) return this.#host.unauthorized();
    this.#later();
  }

  #lost(): void {
    this.#drop();
    this.#later();
  }

  #later(): void {
    if (!this.#wanted) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), this.#backoff.next());
  }

  /** Lets go of the socket, and of everybody who waits for an answer over it. */
  #drop(): void {
    const socket = this.#socket;
    const was = this.#ready;
    this.#socket = null;
    this.#ready = false;
    clearTimeout(this.#silence);
    for (const waiting of this.#waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.reject(Problem.unreachable());
    }
    this.#waiting.clear();
    socket?.close();
    if (was) this.#host.down();
  }
}
