import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { IceServers } from "#client";
import { Relay } from "./relay.ts";

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A relay that answers what it is told to; how often it was asked, and what was renewed. */
function relay(answers: () => IceServers) {
  const asked = vi.fn(async () => answers());
  const renewed = vi.fn();
  return { asked, renewed, relay: new Relay({ iceServers: asked }, renewed, () => 0.5) };
}

const lasting = (minutes: number): IceServers => ({
  ice_servers: [{ urls: ["turn:t.example"], username: "u", credential: "c" }],
  expires_at: new Date(Date.now() + minutes * MINUTE).toISOString(),
});

test("new credentials are fetched before the old ones end, again and again, until it is over", async () => {
  const { relay: one, asked, renewed } = relay(() => lasting(60));
  expect(await one.servers()).toEqual(lasting(60).ice_servers);
  await vi.advanceTimersByTimeAsync(41 * MINUTE);
  expect(renewed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect(renewed).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(43 * MINUTE);
  expect(asked).toHaveBeenCalledTimes(3);
  one.end();
  await vi.advanceTimersByTimeAsync(120 * MINUTE);
  expect(asked).toHaveBeenCalledTimes(3);
});

test("a failure is tried again, ever more slowly", async () => {
  let fails = true;
  const {
    relay: one,
    asked,
    renewed,
  } = relay(() => {
    if (fails) throw new Error("unreachable");
    return lasting(60);
  });
  expect(await one.servers()).toEqual([]);
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  expect(asked.mock.calls.length).toBeGreaterThan(5);
  expect(asked.mock.calls.length).toBeLessThan(15);
  fails = false;
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect(renewed).toHaveBeenCalledTimes(1);
});

test("a wrong clock neither asks all the time nor too late; what needs no credentials is not asked for again", async () => {
  for (const [minutes, soonest, latest] of [
    [-300, 9, 12],
    [600, 36, 48],
  ] as const) {
    const { relay: one, renewed } = relay(() => lasting(minutes));
    await one.servers();
    await vi.advanceTimersByTimeAsync(soonest * MINUTE);
    expect(renewed).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync((latest - soonest) * MINUTE);
    expect(renewed).toHaveBeenCalled();
    one.end();
  }
  const { relay: free, asked } = relay(() => ({ ...lasting(60), ice_servers: [] }));
  await free.servers();
  await vi.advanceTimersByTimeAsync(120 * MINUTE);
  expect(asked).toHaveBeenCalledTimes(1);
});
