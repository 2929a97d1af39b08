import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MemoryStorage } from "../../src/index.ts";
import { Server, until } from "./server.ts";

let server: Server;

beforeAll(async () => {
  server = await Server.begin();
});
afterAll(() => server.end());

it("a token of another site, an expired one and nonsense are refused, and say so", async () => {
  const past = Math.floor(Date.now() / 1000) - 60;
  for (const token of [
    server.token("eve", { aud: "other" }),
    server.token("eve", { exp: past }),
    "nonsense",
  ]) {
    const client = server.page({ token });
    await until(client, () => client.status === "refused");
    expect(client.problem?.status).toBe(401);
    client.close();
  }
});

it("without a token nobody is signed in, but the site is known", async () => {
  const client = server.page({});
  await until(client, () => client.site !== null);
  expect([client.status, client.site?.accounts, client.me]).toEqual(["signed-out", "token", null]);
  await client.signIn(server.token("alice"));
  await until(client, () => client.status === "online");
  expect(client.me?.login).toBe("alice");
});

it("a reload keeps the session, for the same member only", async () => {
  const session = new MemoryStorage();
  const kept = () =>
    JSON.parse(session.getItem(session.key(0) ?? "") ?? "{}").access_token as string;
  const first = await server.member("alice", { session });
  const made = kept();
  first.close();
  const second = await server.member("alice", { session });
  expect(kept()).toBe(made);
  second.close();
  const third = await server.member("bob", { session });
  expect(third.me?.login).toBe("bob");
  expect(kept()).not.toBe(made);
  third.close();
  const nobody = server.page({}, { session });
  await until(nobody, () => nobody.status === "signed-out");
  nobody.close();
  const own = server.page({ keepSession: true }, { session });
  await until(own, () => own.me?.login === "bob");
});

it("a session taken from the tab that is over is made again with the page's token", async () => {
  const session = new MemoryStorage();
  const first = await server.member("alice", { session });
  const copy = session.getItem(session.key(0) ?? "") ?? "";
  const key = session.key(0) ?? "";
  await first.signOut();
  expect([first.status, session.length]).toEqual(["signed-out", 0]);
  session.setItem(key, copy);
  await server.member("alice", { session });
});

it("signing out ends the session in every tab that shares it", async () => {
  const session = new MemoryStorage();
  const one = await server.member("alice", { session });
  const other = await server.member("alice", { session });
  await one.signOut();
  // The second took its session from the tab and holds a token: it signs in again by itself, as a page would.
  await until(other, () => other.status === "online");
});

it("with an address for tokens, a session that ends is made anew", async () => {
  let asked = 0;
  const website = await listening((answer) => {
    asked += 1;
    answer(JSON.stringify({ token: server.token("alice") }));
  });
  const session = new MemoryStorage();
  const tokenUrl = `http://127.0.0.1:${(website.address() as AddressInfo).port}/token`;
  const client = server.page({ tokenUrl }, { session });
  await until(client, () => client.status === "online");
  expect(asked).toBe(1);
  client.close();
  const again = server.page({ tokenUrl }, { session });
  await until(again, () => again.status === "online");
  const { access_token } = JSON.parse(session.getItem(session.key(0) ?? "") ?? "{}");
  await fetch(`${server.origin}/api/v1/sessions/current`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${access_token}` },
  });
  await expect.poll(() => asked).toBe(3);
  await until(again, () => again.status === "online");
  website.close();
});

function listening(respond: (answer: (text: string) => void) => void): Promise<HttpServer> {
  const website = createServer((_, response) => respond((text) => response.end(text)));
  return new Promise((resolve) => website.listen(0, "127.0.0.1", () => resolve(website)));
}
