// The real binary over a folder of its own.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export const SITE = "forum";

/** A call of the back-office's API. */
export type AdminCall = (path: string, method: string, body?: unknown) => Promise<unknown>;

/** The one that `cargo build` makes, unless another is named. */
const BINARY =
  process.env.PARVIS_BIN ?? join(import.meta.dirname, "../../../../target/debug/parvis");

export class ServerProcess {
  origin = "";
  readonly #command: "serve" | "demo";
  readonly #data = mkdtempSync(join(tmpdir(), "parvis-web-"));
  readonly #secret: string = "";
  #process: ChildProcess | null = null;

  constructor(command: "serve" | "demo" = "serve") {
    this.#command = command;
    if (command === "demo") return;
    const site = ["site", "create", "--slug", SITE, "--name", "Forum", "--json"];
    this.#secret = JSON.parse(this.#run(site)).secret;
  }

  /** Again on the port it had. */
  async start(): Promise<void> {
    const listen = this.origin ? new URL(this.origin).host : "127.0.0.1:0";
    const child = spawn(BINARY, [this.#command, "--listen", listen, "--data", this.#data], {
      stdio: ["ignore", "pipe", "ignore"],
      // Several run at the same time.
      env: { ...process.env, PARVIS_TURN_LISTEN: "127.0.0.1:0" },
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

  /** Somebody of the site's staff. */
  async operator(): Promise<AdminCall> {
    const [email, password] = ["staff@example.org", "a long enough password"];
    const who = ["--site", SITE, "--email", email, "--name", "Odile", "--role", "owner"];
    this.#run(["operator", "create", ...who, "--password-stdin"], password);
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

  /** Another site of the installation, where the same person works. */
  async secondSite(slug: string, name: string): Promise<void> {
    this.#run(["site", "create", "--slug", slug, "--name", name, "--json"]);
    const who = [
      "--site",
      slug,
      "--email",
      "staff@example.org",
      "--name",
      "Odile",
      "--role",
      "agent",
    ];
    this.#run(["operator", "create", ...who, "--password-stdin"], "a long enough password");
  }

  #run(args: string[], input = ""): string {
    return execFileSync(BINARY, [...args, "--data", this.#data], {
      input,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "inherit"],
    });
  }
}
