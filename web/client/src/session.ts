// Who is signed in. The access token lives in memory and in the tab's own storage, so that a reload keeps it.

import { Backoff } from "./backoff.ts";
import type { Environment } from "./environment.ts";
import type { Call, Http } from "./http.ts";
import { asJson } from "./json.ts";
import { Problem } from "./problem.ts";
import { endOf, fetchToken, fingerprint, outlives } from "./token.ts";
import type { ParvisOptions } from "./types.ts";
import type { Me, Session, SiteInfo } from "./wire.ts";

/** Renewed so long before it (or the member token, where the page told how to get another) expires, or at two thirds
 * of its life when that is later. */
const MARGIN = 60_000;
const LONGEST_TIMER = 2_000_000_000;
/** A session that is refused sooner than this after it was made is not made again by itself. */
const TOO_SOON = 10_000;

interface Kept extends Session {
  /** "password", or the fingerprint of the member token. */
  made_by: string;
}

export interface SessionHost {
  /** Another session, another member, or nobody; `problem` says why nobody. */
  changed(session: Session | null, problem: Problem | null): void;
  /** The same member goes on with another access token. */
  renewed(): void;
}

export class SessionKeeper {
  current: Session | null = null;
  readonly #environment: Environment;
  readonly #http: Http;
  readonly #options: ParvisOptions;
  readonly #host: SessionHost;
  readonly #key: string;
  readonly #backoff: Backoff;
  #madeBy = "";
  #madeAt = 0;
  /** It was taken up from the tab's storage, not made by this page. */
  taken = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #renewal: Promise<void> | null = null;
  /** Grows with each decision about who is signed in, so that a late answer to an older one is dropped. */
  #turn = 0;

  constructor(environment: Environment, http: Http, options: ParvisOptions, host: SessionHost) {
    this.#environment = environment;
    this.#http = http;
    this.#options = { ...options };
    this.#host = host;
    this.#key = `parvis:session:${options.origin}:${options.site}`;
    this.#backoff = new Backoff(environment.random);
  }

  /** Signs in with what the page gave, as long as it takes the network. */
  async start(): Promise<void> {
    const { token, tokenUrl, keepSession } = this.#options;
    const kept = this.#kept();
    if (!token && !tokenUrl) {
      if (kept && (kept.made_by === "password" || keepSession))
        this.#adopt(kept, kept.made_by, true);
      else this.#host.changed(null, null);
      return;
    }
    const turn = this.#turn;
    try {
      await this.#signInByPage(kept);
    } catch (error) {
      const problem = Problem.of(error);
      if (turn !== this.#turn) return;
      if (!problem.passing) this.#host.changed(null, problem);
      else this.#timer = setTimeout(() => this.start(), this.#backoff.next());
    }
  }

  async #signInByPage(kept: Kept | null): Promise<void> {
    const turn = this.#turn;
    const { token, tokenUrl } = this.#options;
    const given = token ?? (await fetchToken(this.#environment, tokenUrl ?? ""));
    if (turn !== this.#turn) return;
    if (given === null) return this.#host.changed(null, null);
    if (kept && kept.made_by === fingerprint(given)) return this.#adopt(kept, kept.made_by, true);
    try {
      await this.#withToken(given);
    } catch (error) {
      // A page kept in a cache may carry a token that has run out.
      if (!token || !tokenUrl || Problem.of(error).status !== 401) throw error;
      this.#options.token = undefined;
      await this.#signInByPage(kept);
    }
  }

  async signIn(token: string): Promise<void> {
    this.#supersede();
    try {
      await this.#withToken(token);
    } catch (error) {
      const problem = Problem.of(error);
      if (!problem.passing) this.#end(problem);
      throw problem;
    }
  }

  signInWithPassword(login: string, password: string): Promise<void> {
    this.#supersede();
    return this.#open({ login, password }, "password");
  }

  #withToken(token: string): Promise<void> {
    this.#options.token = token;
    return this.#open({ token }, fingerprint(token));
  }

  async signOut(): Promise<void> {
    const token = this.current?.access_token ?? this.#kept()?.access_token;
    this.#options.token = this.#options.tokenUrl = undefined;
    this.#end(null);
    if (token)
      await this.#http.call("/sessions/current", { method: "DELETE", token }).catch(() => {});
  }

  close(): void {
    this.#supersede();
  }

  /** A call as the member; a session that ended meanwhile is renewed once where the page can. */
  async call<T>(path: string, call: Call = {}): Promise<T> {
    const token = this.current?.access_token;
    if (!token) throw Problem.signedOut();
    try {
      return await this.#http.call<T>(path, { ...call, token });
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      if (token === this.current?.access_token) await this.lost();
      const fresh = this.current?.access_token;
      if (!fresh) throw error;
      return this.#http.call<T>(path, { ...call, token: fresh });
    }
  }

  /** The server does not take the access token any more: fetch another if the page told how, or it is over. */
  async lost(): Promise<void> {
    const { token, tokenUrl } = this.#options;
    const young = this.#environment.now() - this.#madeAt < TOO_SOON;
    const other = tokenUrl || (this.taken && token);
    if (!other || young) return this.#end(Problem.ended());
    await this.#renew(true);
  }

  /** The profile or the site's settings changed: the next reload shows them too. */
  update(change: { member?: Me; site?: SiteInfo }): void {
    if (!this.current) return;
    this.current = { ...this.current, ...change };
    this.#keep(this.current);
  }

  async #open(body: Record<string, string>, madeBy: string): Promise<void> {
    const turn = this.#turn;
    const { site } = this.#options;
    const session = await this.#http.call<Session>("/sessions", {
      method: "POST",
      body: { site, ...body },
    });
    if (turn === this.#turn) this.#adopt(session, madeBy);
  }

  #supersede(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
  }

  #adopt(session: Session, madeBy: string, taken = false): void {
    const same = this.current?.member.id === session.member.id;
    this.current = session;
    this.#madeBy = madeBy;
    this.#madeAt = taken ? 0 : this.#environment.now();
    this.taken = taken;
    this.#backoff.reset();
    this.#keep(session);
    this.#arm(session);
    if (same) this.#host.renewed();
    else this.#host.changed(session, null);
  }

  #arm(session: Session): void {
    clearTimeout(this.#timer);
    const left = this.#lastsUntil(session) - this.#environment.now();
    const wait = Math.max(left - MARGIN, (left * 2) / 3, 1_000);
    const due = wait <= LONGEST_TIMER;
    this.#timer = setTimeout(
      () => (due ? this.#renew() : this.#arm(session)),
      Math.min(wait, LONGEST_TIMER),
    );
  }

  #lastsUntil(session: Session): number {
    const { token, tokenUrl } = this.#options;
    const until = Date.parse(session.expires_at);
    return token && tokenUrl ? Math.min(until, endOf(token)) : until;
  }

  /** `dead`: the server has ended the session that is to be renewed. */
  #renew(dead = false): Promise<void> {
    this.#renewal ??= this.#renewOnce(dead).finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  async #renewOnce(dead: boolean): Promise<void> {
    const { token, tokenUrl } = this.#options;
    const turn = this.#turn;
    try {
      const fresh = tokenUrl ? await fetchToken(this.#environment, tokenUrl) : token;
      if (turn !== this.#turn) return;
      if (!fresh || !outlives(fresh, this.#environment.now())) {
        return dead ? this.#end(Problem.ended()) : this.#endWhenDue();
      }
      await this.#withToken(fresh);
    } catch (error) {
      const problem = Problem.of(error);
      if (turn !== this.#turn) return;
      if (problem.passing) this.#timer = setTimeout(() => this.#renew(dead), this.#backoff.next());
      else this.#end(problem);
    }
  }

  /** Nothing to renew it with: it holds until the server says no. */
  #endWhenDue(): void {
    const left = Date.parse(this.current?.expires_at ?? "") - this.#environment.now();
    if (!(left > 0)) return this.#end(Problem.ended());
    this.#timer = setTimeout(() => this.#end(Problem.ended()), Math.min(left, LONGEST_TIMER));
  }

  #end(problem: Problem | null): void {
    this.#supersede();
    this.current = null;
    this.#environment.session.removeItem(this.#key);
    this.#host.changed(null, problem);
  }

  #keep(session: Session): void {
    const kept: Kept = { ...session, made_by: this.#madeBy };
    try {
      this.#environment.session.setItem(this.#key, asJson(kept));
    } catch {
      // A full storage only costs the next reload a sign-in.
    }
  }

  #kept(): Kept | null {
    try {
      const kept = JSON.parse(
        this.#environment.session.getItem(this.#key) ?? "null",
      ) as Kept | null;
      return kept && Date.parse(kept.expires_at) > this.#environment.now() + MARGIN ? kept : null;
    } catch {
      return null;
    }
  }
}
