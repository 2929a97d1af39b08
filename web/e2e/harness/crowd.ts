// Many people in a room, without a browser each.
import WebSocket from "ws";
import { SITE, type World } from "./index.ts";

export class Crowd {
  readonly #sockets: WebSocket[] = [];

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
  async go(count = this.#sockets.length): Promise<void> {
    const going = this.#sockets.splice(0, count);
    await Promise.all(
      going.map(
        (socket) =>
          new Promise((gone) => {
            socket.once("close", gone);
            socket.close();
          }),
      ),
    );
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
    this.#sockets.push(socket);
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
