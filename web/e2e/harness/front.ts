// What stands between browsers and the server, as a proxy does: it can go away, come back, and come back with the next
// build. WEB_DIST counts here too; what the worker asks for can't be given to it in another way.
import { existsSync, readFileSync } from "node:fs";
import {
  request as ask,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";

const folder = process.env.WEB_DIST;
const TYPES: Record<string, string> = {
  js: "text/javascript",
  css: "text/css",
  html: "text/html",
  svg: "image/svg+xml",
  png: "image/png",
};
/** A file of a build: what it is called, its hash, its kind. */
const NAMES = /-([\w-]{8})\.(js|css|svg)/g;
const NEXT = "next";

export class Front {
  readonly #target: URL;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #port = 0;
  #replaced = false;
  /** Who stands before a server that is gone says so. */
  empty = false;
  /** Pieces that can't be had, and how often one was asked for. */
  missing: RegExp | null = null;
  missed = 0;

  private constructor(origin: string) {
    this.#target = new URL(origin);
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.on("connection", (socket) => this.#keep(socket));
    this.#server.on("upgrade", (request, socket: Socket) => this.#join(request, socket));
  }

  static async of(origin: string): Promise<Front> {
    const front = new Front(origin);
    await front.comes();
    return front;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Nobody answers any more. */
  async goes(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((closed) => this.#server.close(closed));
  }

  async comes(): Promise<void> {
    await new Promise<void>((ready) => this.#server.listen(this.#port, "127.0.0.1", ready));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** From here on the build is another one: each of its files has another name, and those of before are gone. */
  replace(): void {
    this.#replaced = true;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.empty) return void response.writeHead(502).end();
    const path = request.url ?? "/";
    if (/^\/(app|assets|app-icons)\//.test(path)) return this.#part(path, response);
    const { host, hostname, port } = this.#target;
    const headers = { ...request.headers, host };
    const onwards = ask({ hostname, port, path, method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onwards.on("error", () => response.destroy());
    request.pipe(onwards);
  }

  /** Something of the build. */
  async #part(path: string, response: ServerResponse): Promise<void> {
    const isPiece = path.startsWith("/assets/");
    const asked = path.replace(`.${NEXT}.`, ".");
    const isGone = isPiece && this.#replaced && asked === path;
    const isMissing = this.missing?.test(path) ?? false;
    this.missed += Number(isMissing);
    if (isGone || isMissing) return void response.writeHead(404).end();
    const { status, headers, bytes } = fromFolder(asked) ?? (await this.#fromServer(asked));
    const isText = /javascript|html|css/.test(headers["content-type"] ?? "");
    const body = this.#replaced && isText ? renamed(bytes) : bytes;
    response.writeHead(status, headers).end(body);
  }

  async #fromServer(path: string) {
    const answer = await fetch(new URL(path, this.#target));
    const headers: Record<string, string> = {};
    for (const name of ["content-type", "cache-control", "content-security-policy"]) {
      const value = answer.headers.get(name);
      if (value) headers[name] = value;
    }
    return { status: answer.status, headers, bytes: Buffer.from(await answer.arrayBuffer()) };
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#sockets.delete(socket));
  }

  #join({ url, headers }: IncomingMessage, near: Socket): void {
    if (this.empty) return void near.destroy();
    const far = connect({ host: this.#target.hostname, port: Number(this.#target.port) });
    this.#keep(far);
    const lines = Object.entries({ ...headers, host: this.#target.host });
    far.write(`GET ${url} HTTP/1.1\r\n${lines.map(([n, v]) => `${n}: ${v}\r\n`).join("")}\r\n`);
    near.pipe(far).pipe(near);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  }
}

function renamed(bytes: Buffer): string {
  const text = bytes.toString("utf8").replace(NAMES, `-$1.${NEXT}.$2`);
  return text.replace('"version":"', `"version":"${NEXT}-`);
}

function fromFolder(path: string) {
  if (!folder || path.endsWith(".webmanifest")) return null;
  const isPage = /^\/app\/([a-z-]+\/?|page\.html)$/.test(path);
  const file = join(folder, isPage ? "app/index.html" : path);
  if (!existsSync(file)) return null;
  const headers: Record<string, string> = {
    "content-type": TYPES[file.split(".").at(-1) ?? ""] ?? "application/octet-stream",
    "cache-control": path.startsWith("/assets/")
      ? "public, max-age=31536000, immutable"
      : "no-cache",
  };
  return { status: 200, headers, bytes: readFileSync(file) };
}
