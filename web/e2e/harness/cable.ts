// What lies between a browser and the server, as a story can cut it: what is sent meanwhile waits, as TCP has it, and
// what goes to the relay is lost.
import { createSocket, type Socket as Udp } from "node:dgram";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import type { BrowserContext } from "@playwright/test";

interface IceAnswer {
  ice_servers: { urls: string[] }[];
}

export class Cable {
  readonly #target: URL;
  readonly #server: Server;
  readonly #relay: Udp;
  readonly #sockets = new Set<Socket>();
  readonly #ways = new Map<number, Udp>();
  /** Datagrams from the browser to the relay. */
  carried = 0;
  #relayPort = 0;
  #whole = true;

  private constructor(origin: string) {
    this.#target = new URL(origin);
    this.#server = createServer({ pauseOnConnect: true }, (near) => this.#join(near));
    this.#relay = createSocket("udp4");
    this.#relay.on("message", (datagram, { port }) => {
      if (!this.#whole) return;
      this.carried += 1;
      this.#wayOf(port).send(datagram, this.#relayPort, "127.0.0.1");
    });
  }

  /** To a server of this machine. */
  static async lay(origin: string): Promise<Cable> {
    const cable = new Cable(origin);
    await new Promise<void>((ready) => cable.#server.listen(0, "127.0.0.1", ready));
    await new Promise<void>((ready) => cable.#relay.bind(0, "127.0.0.1", ready));
    return cable;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The relay, too, is at the end of this cable, by UDP alone. */
  async leadsToTheRelay(context: BrowserContext): Promise<void> {
    const { port } = this.#relay.address();
    await context.route("**/api/v1/ice-servers", async (route) => {
      const response = await route.fetch();
      const json = (await response.json()) as IceAnswer;
      const servers = json.ice_servers.flatMap((server) => {
        const url = server.urls.find((one) => /^turn:.*udp$/.test(one));
        if (!url) return [];
        this.#relayPort = Number(/:(\d+)\?/.exec(url)?.[1]);
        return [{ ...server, urls: [`turn:127.0.0.1:${port}?transport=udp`] }];
      });
      await route.fulfill({ response, json: { ...json, ice_servers: servers } });
    });
  }

  cut(): void {
    this.#whole = false;
    for (const socket of this.#sockets) socket.pause();
  }

  mend(): void {
    this.#whole = true;
    for (const socket of this.#sockets) socket.resume();
  }

  end(): void {
    this.#server.close();
    this.#relay.close();
    for (const socket of this.#sockets) socket.destroy();
    for (const way of this.#ways.values()) way.close();
  }

  #join(near: Socket): void {
    const far = connect({ host: this.#target.hostname, port: Number(this.#target.port) });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      if (this.#whole) from.resume();
      else from.pause();
      from.on("data", (bytes) => to.write(bytes));
      from.on("end", () => to.end());
      from.on("error", () => to.destroy());
      from.on("close", () => this.#sockets.delete(from));
    }
  }

  /** One for each port of the browser, so that the relay tells them apart. */
  #wayOf(port: number): Udp {
    const known = this.#ways.get(port);
    if (known) return known;
    const way = createSocket("udp4");
    way.on("message", (datagram) => {
      if (this.#whole) this.#relay.send(datagram, port, "127.0.0.1");
    });
    this.#ways.set(port, way);
    return way;
  }
}
