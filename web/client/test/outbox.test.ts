import { describe, expect, it } from "vitest";
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

const refusal = (status: number, code: string) =>
  new Problem({ status, code, detail: `no: ${code}` });

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
