// Many people in a room, without a browser each.
import WebSocket from "ws";
import { SITE, type World } from "./index.ts";

export class Crowd {
  readonly #sockets = new Map<string, WebSocket>();

  private constructor() {}

  /** So many come into the room, all at once. */
  static async into(world: World, room: string, count: number, called = "guest"): Promise<Crowd> {
    const crowd = new Crowd();
    const logins = Array.from(
      { length: count },
      (_, n) => `${called}${String(n).padStart(4, "0")}`,
    );
    await Promise.all(logins.map((login) => crowd.#come(world, room, login)));
    return crowd;
  }

  /** All of them at once, or so many. */
  async go(count = this.#sockets.size): Promise<void> {
    await Promise.all([...this.#sockets.keys()].slice(0, count).map((login) => this.leave(login)));
  }

  /** One of them goes. */
  async leave(login: string): Promise<void> {
    const socket = this.#sockets.get(login);
    if (!socket) throw new Error(`${login} is not in the crowd`);
    this.#sockets.delete(login);
    const gone = new Promise((done) => socket.once("close", done));
    socket.close();
    await gone;
  }

  async #come(world: World, room: string, login: string): Promise<void> {
    const { origin } = world.server;
    const response = await fetch(`${origin}/api/v1/sessions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ site: SITE, token: world.server.token(login) }),
    });
    const { access_token } = (await response.json()) as { access_token: string };
    const socket = new WebSocket(`${origin.replace(/^http/, "ws")}/api/v1/realtime`);
    this.#sockets.set(login, socket);
    await new Promise<void>((inside, failed) => {
      socket.on("error", failed);
      socket.on("open", () => socket.send(JSON.stringify({ type: "hello", access_token })));
      socket.on("message", (data) => {
        const frame = JSON.parse(String(data)) as { type: string; ref?: string };
        if (frame.type === "ready")
          socket.send(JSON.stringify({ type: "room.enter", ref: "1", conversation_id: room }));
        else if (frame.ref === "1" && frame.type === "ok") inside();
        else if (frame.ref === "1") failed(new Error(String(data)));
      });
    });
  }
}
