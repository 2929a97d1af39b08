import { afterEach, describe, expect, it, vi } from "vitest";
import { type Environment, MemoryStorage, pageEnvironment } from "../src/environment.ts";
import { Outbox, type OutboxHost } from "../src/outbox.ts";
import { Problem } from "../src/problem.ts";
import type { PendingMessage } from "../src/types.ts";
import { message } from "./people.ts";

/** What the network would do: answers the entry, or throws. */
type Carrier = (entry: PendingMessage) => Promise<void>;

function setUp(
  carrier: Carrier,
  local: Storage = new MemoryStorage(),
  locks: LockManager | null = null,
) {
  const environment: Environment = {
    ...pageEnvironment(),
    local,
    locks,
    events: null,
    random: () => 0,
  };
  const sent: string[] = [];
  let idle: () => void = () => {};
  let pending: readonly PendingMessage[] = [];
  const host: OutboxHost = {
    ready: () => true,
    deliver: async (entry) => {
      await carrier(entry);
      sent.push(entry.body);
      const { conversationId, clientId: client_id } = entry;
      return { message: message(conversationId, sent.length, "alice", { client_id }) };
    },
    sent: () => {},
    changed: (now) => {
      pending = now;
      if (now.every((entry) => entry.state === "failed")) idle();
    },
  };
  const outbox = new Outbox(environment, "site:alice", host);
  const settled = () =>
    new Promise<void>((resolve) => {
      idle = resolve;
      if (pending.every((entry) => entry.state === "failed")) resolve();
    });
  return { outbox, sent, local, settled, pending: () => pending };
}

/** One at a time, as the browser's locks are. */
function sharedLocks(): LockManager {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, work: () => Promise<unknown>) => {
    last = last.then(work, work);
    return last;
  };
  return { request, query: async () => ({}) } as unknown as LockManager;
}

const refusal = (status: number, code: string, after: number | null = null) =>
  new Problem({ status, code, detail: `no: ${code}` }, after);

afterEach(() => {
  vi.useRealTimers();
});

describe("the outbox, when the server asks to wait", () => {
  /** The room asks to wait `times` times. */
  function slow(times: number, after: number | null, code = "rate_limited") {
    vi.useFakeTimers();
    let left = times;
    return setUp(async ({ conversationId }) => {
      if (conversationId === "room" && left-- > 0) throw refusal(429, code, after);
    });
  }

  it("waits in that conversation, and goes on in the others", async () => {
    const { outbox, sent, pending } = slow(1, 30);
    outbox.add("room", "one", null);
    outbox.add("room", "two", null);
    outbox.add("peer", "to a friend", null);
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual(["to a friend"]);
    // Nothing that is written, and no network that comes back, shortens the wait.
    outbox.add("peer", "again", null);
    outbox.add("room", "three", null);
    outbox.flush();
    await vi.advanceTimersByTimeAsync(29_900);
    expect(sent).toEqual(["to a friend", "again"]);
    expect(pending().map(({ body, state }) => [body, state])).toEqual(
      ["one", "two", "three"].map((body) => [body, "sending"]),
    );
    await vi.advanceTimersByTimeAsync(200);
    expect(sent).toEqual(["to a friend", "again", "one", "two", "three"]);
  });

  it("waits in each as long as it is told there, with the same client_id", async () => {
    vi.useFakeTimers();
    const seen: string[] = [];
    const first = new Set(["room", "bar"]);
    const { outbox, sent } = setUp(async ({ conversationId: id, clientId }) => {
      seen.push(clientId);
      if (first.delete(id)) throw refusal(429, "rate_limited", id === "room" ? 20 : 3);
    });
    for (const id of ["room", "bar"]) outbox.add(id, id, null);
    await vi.advanceTimersByTimeAsync(3_100);
    expect(sent).toEqual(["bar"]);
    await vi.advanceTimersByTimeAsync(17_000);
    expect(sent).toEqual(["bar", "room"]);
    expect(new Set(seen).size).toBe(2);
    expect(seen).toHaveLength(4);
  });

  it.each([null, 0])("does not press when it is not told how long: %j", async (after) => {
    const { outbox, sent } = slow(2, after);
    outbox.add("room", "one", null);
    await vi.advanceTimersByTimeAsync(4_900);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(5_200);
    expect(sent).toEqual(["one"]);
  });

  it("stops everywhere while the connection fails, and stays in order", async () => {
    vi.useFakeTimers();
    let down = true;
    const seen: string[] = [];
    const { outbox, sent } = setUp(async ({ body }) => {
      seen.push(body);
      if (down) throw refusal(503, "unavailable", 10);
    });
    outbox.add("room", "one", null);
    outbox.add("peer", "two", null);
    await vi.advanceTimersByTimeAsync(9_900);
    expect(new Set(seen)).toEqual(new Set(["one"]));
    down = false;
    await vi.advanceTimersByTimeAsync(200);
    expect(sent).toEqual(["one", "two"]);
  });

  it("says nothing more once it is closed", async () => {
    const { outbox, sent } = slow(1, 5);
    outbox.add("room", "one", null);
    await vi.advanceTimersByTimeAsync(0);
    outbox.close();
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent).toEqual([]);
  });
});

describe("the outbox", () => {
  it("sends in the order written, each once", async () => {
    const { outbox, sent, local, settled } = setUp(async () => {});
    for (const text of ["one", "two", "three"]) outbox.add("c1", text, null);
    await settled();
    expect(sent).toEqual(["one", "two", "three"]);
    expect(local.length).toBe(0);
  });

  it("tries again after a failing network, with the same client_id and in order", async () => {
    let failures = 3;
    const seen: string[] = [];
    const { outbox, sent, settled } = setUp(async (entry) => {
      seen.push(entry.clientId);
      if (failures-- > 0) throw Problem.unreachable();
    });
    outbox.add("c1", "one", null);
    outbox.add("c1", "two", null);
    await settled();
    expect(sent).toEqual(["one", "two"]);
    expect(new Set(seen.slice(0, 4)).size).toBe(1);
  });

  it("keeps a refused message with the reason, and goes on with the next", async () => {
    const { outbox, sent, settled, pending } = setUp(async (entry) => {
      if (entry.body === "bad") throw refusal(422, "content_rejected");
    });
    const bad = outbox.add("c1", "bad", null);
    outbox.add("c1", "good", null);
    await settled();
    expect(sent).toEqual(["good"]);
    expect(pending()).toMatchObject([{ clientId: bad.clientId, state: "failed" }]);
    expect(pending()[0]?.problem?.code).toBe("content_rejected");
    outbox.discard(bad.clientId);
    expect(pending()).toEqual([]);
  });

  it("sends a refused message on request", async () => {
    let refuse = true;
    const { outbox, sent, settled } = setUp(async () => {
      if (refuse) throw refusal(403, "rule_denied");
    });
    const { clientId } = outbox.add("c1", "please", null);
    await settled();
    refuse = false;
    outbox.retry(clientId);
    await settled();
    expect(sent).toEqual(["please"]);
  });

  it("survives the page: the next one sends what was left", async () => {
    const first = setUp(() => new Promise(() => {}));
    const { clientId } = first.outbox.add("c1", "left behind", null);
    first.outbox.close();
    const seen: string[] = [];
    const second = setUp(async (entry) => void seen.push(entry.clientId), first.local);
    expect(second.outbox.entries()).toMatchObject([{ clientId, state: "sending" }]);
    second.outbox.flush();
    await expect.poll(() => second.local.length).toBe(0);
    expect(seen).toEqual([clientId]);
  });

  it("is emptied once when several tabs share it", async () => {
    const locks = sharedLocks();
    const local = new MemoryStorage();
    const seen: string[] = [];
    const tabs = [1, 2, 3].map(() =>
      setUp(async (entry) => void seen.push(entry.body), local, locks),
    );
    for (const [index, tab] of tabs.entries()) tab.outbox.add("c1", `from ${index}`, null);
    for (const tab of tabs) tab.outbox.flush();
    await expect.poll(() => local.length).toBe(0);
    expect(seen.toSorted()).toEqual(["from 0", "from 1", "from 2"]);
  });

  it("does not touch what another member wrote", () => {
    const { outbox, local } = setUp(async () => {});
    local.setItem("parvis:outbox:site:bob:x", JSON.stringify({ clientId: "x", body: "bob's" }));
    expect(outbox.entries()).toEqual([]);
    outbox.clear();
    expect(local.length).toBe(1);
  });

  it("passes over what is not an entry", () => {
    const { outbox, local } = setUp(async () => {});
    local.setItem("parvis:outbox:site:alice:x", "{broken");
    expect(outbox.entries()).toEqual([]);
  });
});
