import { afterAll, beforeAll, expect, it } from "vitest";
import type { Client } from "../../src/index.ts";
import { Server, SITE, until } from "./server.ts";

let server: Server;
beforeAll(async () => {
  server = await Server.begin();
  const staff = await server.operator();
  await staff("/settings", "PATCH", { features: { video: true } });
});
afterAll(() => server.end());

/** Somebody's way to the calls of the API. */
async function phone(login: string) {
  const ask = async (path: string, body: object, token = "") => {
    const response = await fetch(`${server.origin}/api/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  };
  const { access_token } = await ask("/sessions", { site: SITE, token: server.token(login) });
  return (path: string, body: object = {}) => ask(path, body, access_token);
}

const marks = (client: Client) => {
  const { unread, read_seq, peer_read_seq } = client.state.conversations[0] ?? {};
  return { unread, read_seq, peer_read_seq };
};

it("what a call leaves is unread for whoever missed it, and for nobody else", async () => {
  const [ann, ben] = await Promise.all([server.member("ann"), server.member("ben")]);
  const [anns, bens] = await Promise.all([phone("ann"), phone("ben")]);
  const id = (await ann.openDirect(ben.me?.id ?? "")).id;
  const heard: string[] = [];
  ben.addEventListener("message", (event) =>
    heard.push((event as CustomEvent).detail.system.call.outcome),
  );
  const call = () => anns("/calls", { member: ben.me?.id, media: "video" });
  const same = async (client: Client) => {
    const held = marks(client);
    await client.loadConversations();
    expect(held).toEqual(marks(client));
  };

  const first = await call();
  expect(first).toMatchObject({ state: "ringing", conversation_id: id });
  await anns(`/calls/${first.id}/hang-up`);
  await until(ben, () => ben.state.unread === 1);
  await until(ann, () => marks(ann).read_seq === 1);
  expect(marks(ann)).toEqual({ unread: 0, read_seq: 1, peer_read_seq: 0 });
  ben.markRead(id, 1);
  await until(ann, () => marks(ann).peer_read_seq === 1);

  const second = await call();
  await bens(`/calls/${second.id}/accept`, { device: "tablet" });
  await bens(`/calls/${second.id}/hang-up`);
  await until(ann, () => marks(ann).peer_read_seq === 2);
  await until(ben, () => marks(ben).read_seq === 2);
  expect([ann.state.unread, ben.state.unread]).toEqual([0, 0]);
  await same(ann);
  await same(ben);
  expect(heard).toEqual(["cancelled"]);
});

it("says where one may call, and why not", async () => {
  const [cyd, dan] = await Promise.all([server.member("cyd"), server.member("dan")]);
  const open = await cyd.openDirect(dan.me?.id ?? "");
  expect(open).toMatchObject({ can_call: true, can_call_denied: null });
  await cyd.contacts.block(dan.me?.id ?? "");
  await until(cyd, () => cyd.state.conversations[0]?.can_call === false);
  expect(cyd.state.conversations[0]?.can_call_denied?.code).toBe("blocked_by_you");
});
