import { afterEach, expect, test, vi } from "vitest";
import { Network } from "../network.ts";

vi.stubGlobal("location", { href: "https://chat.example/app/forum/" });
afterEach(() => {
  vi.useRealTimers();
});

const LIST = "https://chat.example/api/v1/conversations";
let known: unknown = { items: ["kept"] };
const network = () => new Network((path) => (path === "/conversations" ? known : undefined));
const answers = (answer: () => Promise<Response>) => vi.stubGlobal("fetch", answer);
const unreachable = () => Promise.reject(new TypeError("no network"));

test("the server's own answer is taken, also when it is no", async () => {
  for (const status of [200, 401, 404, 500]) {
    const way = network();
    answers(async () => new Response("{}", { status }));
    expect((await way.fetch(LIST)).status).toBe(status);
    expect(way.away).toBe(false);
  }
});

test("where nobody answers, what is kept does, until somebody answers again", async () => {
  const way = network();
  for (const nobody of [unreachable, async () => new Response("", { status: 502 })]) {
    answers(nobody);
    expect(await (await way.fetch(LIST)).json()).toEqual({ items: ["kept"] });
    expect(way.away).toBe(true);
    answers(async () => new Response("{}"));
    await way.fetch(LIST);
    expect(way.away).toBe(false);
  }
});

test("nothing is made up: what is not kept, and what changes something, fails as it does", async () => {
  const way = network();
  answers(unreachable);
  await expect(way.fetch("https://chat.example/api/v1/me")).rejects.toThrow("no network");
  await expect(way.fetch(LIST, { method: "POST" })).rejects.toThrow("no network");
  expect(way.away).toBe(false);
});

test("one waits a little for a slow server, and hardly once it is known that nobody answers", async () => {
  vi.useFakeTimers();
  const way = network();
  answers(() => new Promise(() => {}));
  for (const patience of [3_000, 300]) {
    let shown = false;
    const asked = way.fetch(LIST).then(() => {
      shown = true;
    });
    await vi.advanceTimersByTimeAsync(patience - 1);
    expect(shown).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await asked;
  }
});

test("once the server has spoken, what was kept is not put in its place", async () => {
  vi.useFakeTimers();
  const way = network();
  let late: (answer: Response) => void = () => {};
  answers(() => new Promise((resolve) => (late = resolve)));
  const asked = way.fetch(LIST);
  known = undefined;
  await vi.advanceTimersByTimeAsync(3_000);
  late(Response.json({ items: ["fresh"] }));
  expect(await (await asked).json()).toEqual({ items: ["fresh"] });
  expect(way.away).toBe(false);
});
