// People who sign in to the real binary.
import WebSocket from "ws";
import {
  type Client,
  createClient,
  type Environment,
  MemoryStorage,
  type ParvisOptions,
} from "../../src/index.ts";
import { ServerProcess, SITE } from "./process.ts";

export { SITE };

export class Server extends ServerProcess {
  readonly #clients = new Set<Client>();

  static async begin(): Promise<Server> {
    const server = new Server();
    await server.start();
    return server;
  }

  override async end(): Promise<void> {
    for (const client of this.#clients) client.close();
    await super.end();
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
