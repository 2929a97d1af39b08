// The real binary over a folder of its own, and people who sign in to it.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import WebSocket from "ws";
import {
  type Client,
  createClient,
  type Environment,
  MemoryStorage,
  type ParvisOptions,
} from "../../src/index.ts";

export const SITE = "forum";

function binary(): string {
  const named = process.env.PARVIS_BIN;
  if (!named) throw new Error("PARVIS_BIN must name the parvis binary to test against");
  return named;
}

export class Server {
  origin = "";
  readonly #data = mkdtempSync(join(tmpdir(), "parvis-client-"));
  readonly #secret: string;
  #process: ChildProcess | null = null;
  readonly #clients = new Set<Client>();

  private constructor() {
    const site = [
      "site",
      "create",
      "--slug",
      SITE,
      "--name",
      "Forum",
      "--json",
      "--data",
      this.#data,
    ];
    this.#secret = JSON.parse(execFileSync(binary(), site, { encoding: "utf8" })).secret;
  }

  static async begin(): Promise<Server> {
    const server = new Server();
    await server.start();
    return server;
  }

  /** Again on the port it had. */
  async start(): Promise<void> {
    const listen = this.origin ? new URL(this.origin).host : "127.0.0.1:0";
    const child = spawn(binary(), ["serve", "--listen", listen, "--data", this.#data], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    this.#process = child;
    for await (const line of createInterface({ input: child.stdout })) {
      const found = /^parvis listening on (http\S+)/.exec(line);
      if (found?.[1]) {
        this.origin = found[1].replace(/\/$/, "");
        return;
      }
    }
    throw new Error("the server ended before it was ready");
  }

  async stop(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }

  async end(): Promise<void> {
    for (const client of this.#clients) client.close();
    await this.stop("SIGKILL");
    rmSync(this.#data, { recursive: true, force: true });
  }

  /** A member token as a website would sign it. */
  token(login: string, claims: Record<string, unknown> = {}): string {
    const now = Math.floor(Date.now() / 1000);
    const name = `${login[0]?.toUpperCase()}${login.slice(1)}`;
    const body = {
      aud: SITE,
      sub: `u-${login}`,
      login,
      name,
      iat: now,
      exp: now + 3600,
      ...claims,
    };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(body)}`;
    return `${signed}.${createHmac("sha256", this.#secret).update(signed).digest("base64url")}`;
  }

  /** Somebody of the site's staff: calls of the back-office. */
  async operator(): Promise<(path: string, method: string, body?: unknown) => Promise<unknown>> {
    const [email, password] = ["staff@example.org", "a long enough password"];
    const who = ["--site", SITE, "--email", email, "--name", "Odile", "--role", "owner"];
    execFileSync(
      binary(),
      ["operator", "create", ...who, "--password-stdin", "--data", this.#data],
      {
        input: password,
        stdio: ["pipe", "ignore", "inherit"],
      },
    );
    const call = async (path: string, method: string, body?: unknown, token = "") => {
      const response = await fetch(`${this.origin}/api/v1/admin${path}`, {
        method,
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
      return response.status === 204 ? null : response.json();
    };
    const { access_token } = await call("/sessions", "POST", { site: SITE, email, password });
    return (path, method, body) => call(path, method, body, access_token);
  }

  /** A page of a member, with a browser profile of its own unless one is given. */
  page(options: Partial<ParvisOptions>, environment: Partial<Environment> = {}): Client {
    const client = createClient(
      { origin: this.origin, site: SITE, ...options },
      {
        WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
        local: new MemoryStorage(),
        session: new MemoryStorage(),
        locks: null,
        events: null,
        ...environment,
      },
    );
    this.#clients.add(client);
    return client;
  }

  async member(login: string, environment: Partial<Environment> = {}): Promise<Client> {
    const client = this.page({ token: this.token(login) }, environment);
    await until(client, () => client.status === "online" && client.state.loaded);
    return client;
  }
}

/** Waits for the client to be so; says what it was instead when it does not come. */
export function until(client: Client, so: () => unknown, within = 20_000): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      if (!so()) return;
      clearTimeout(timer);
      client.removeEventListener("change", check);
      resolve();
    };
    const timer = setTimeout(() => {
      client.removeEventListener("change", check);
      reject(
        new Error(
          `not so in time: ${so}; ${client.status}, ${client.problem}, ${JSON.stringify(client.state.conversations)}`,
        ),
      );
    }, within);
    client.addEventListener("change", check);
    check();
  });
}

/** One at a time, as the locks of one browser are. */
export function browserLocks(): LockManager {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, work: () => Promise<unknown>) => {
    last = last.then(work, work);
    return last;
  };
  return { request, query: async () => ({}) } as unknown as LockManager;
}
