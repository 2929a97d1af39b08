import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { MemberCard, Rooms } from "#client";
import { type Address, plain, unique } from "./address.ts";

const PAUSE = 250;

/** Somebody named at the beginning: who it is; null: nobody whom one may whisper to; undefined: not known yet. */
export interface Named {
  typed: string;
  member: MemberCard | null | undefined;
}

/** Finds out who is meant while one types, so that a typo shows before anything is sent. */
export class Audience implements ReactiveController {
  readonly #known = new Map<string, MemberCard | null>();
  #room = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly client: () => Rooms,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** Somebody shown or chosen: no need to ask. */
  learn(members: readonly MemberCard[]): void {
    for (const one of members) this.#known.set(plain(one.login), one);
  }

  /** Those of whom the server said no. */
  refuse(logins: readonly string[]): void {
    for (const login of logins) this.#known.set(plain(login), null);
  }

  /** Each named once; the one that is being written (`begun`) counts for nothing yet. */
  of(room: string, address: Address, begun: string | null): Named[] {
    if (room !== this.#room) this.#known.clear();
    this.#room = room;
    const { logins, text } = address;
    const written = begun !== null && text === "" && plain(begun) === plain(logins.at(-1) ?? "");
    const named = unique(written ? logins.slice(0, -1) : logins).map((typed) => ({
      typed,
      member: this.#known.get(plain(typed)),
    }));
    if (named.some(({ member }) => member === undefined)) this.#askSoon(named);
    return named;
  }

  #askSoon(named: readonly Named[]): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const { typed, member } of named) if (member === undefined) void this.#ask(typed);
    }, PAUSE);
  }

  async #ask(typed: string): Promise<void> {
    const login = plain(typed);
    const room = this.#room;
    try {
      const found = await this.client().logins(room, login);
      if (room !== this.#room) return;
      this.learn(found);
      if (!this.#known.has(login)) this.#known.set(login, null);
      this.host.requestUpdate();
    } catch {
      // The server has the last word when it is sent.
    }
  }
}
