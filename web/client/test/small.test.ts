import { describe, expect, it } from "vitest";
import { Backoff } from "../src/backoff.ts";
import { uuid } from "../src/environment.ts";
import { ReadMarks, TypingThrottle } from "../src/throttle.ts";
import { fingerprint, outlives } from "../src/token.ts";

function token(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "HS256" })}.${part(claims)}.signature`;
}

describe("backoff", () => {
  it("doubles its ceiling up to half a minute, and starts over", () => {
    const backoff = new Backoff(() => 1);
    const waits = Array.from({ length: 9 }, () => backoff.next());
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
    backoff.reset();
    expect(backoff.next()).toBe(500);
  });

  it("takes any moment below the ceiling", () => {
    const low = new Backoff(() => 0);
    for (let attempt = 0; attempt < 20; attempt += 1) expect(low.next()).toBe(50);
  });
});

describe("tokens", () => {
  it("of one member differ in their times alone", () => {
    const one = token({ sub: "7", name: "Ève", exp: 1, iat: 0, jti: "a" });
    expect(fingerprint(one)).toBe(
      fingerprint(token({ sub: "7", name: "Ève", exp: 9, iat: 8, jti: "b" })),
    );
    expect(fingerprint(one)).not.toBe(fingerprint(token({ sub: "8", name: "Ève", exp: 1 })));
    expect(fingerprint(one)).not.toBe(fingerprint(token({ sub: "7", name: "Eve", exp: 1 })));
  });

  it("that cannot be read are themselves", () => {
    expect(fingerprint("nonsense")).not.toBe(fingerprint("nonsence"));
    expect(outlives("nonsense", 0)).toBe(true);
  });

  it("run out", () => {
    expect(outlives(token({ exp: 10 }), 9_000)).toBe(true);
    expect(outlives(token({ exp: 10 }), 10_000)).toBe(false);
  });
});

describe("throttles", () => {
  it("typing speaks once in a while, and at once after sending", () => {
    const typing = new TypingThrottle();
    expect([0, 1000, 2999, 3000].map((now) => typing.allows("c", now))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    typing.reset("c");
    expect(typing.allows("c", 3001)).toBe(true);
  });

  it("read marks go out at once, then the furthest alone, never backwards", async () => {
    const said: number[] = [];
    const marks = new ReadMarks(async (_, seq) => said.push(seq));
    for (const seq of [3, 4, 2, 6, 5]) marks.mark("c", seq);
    expect(said).toEqual([3]);
    await expect.poll(() => said, { timeout: 3000 }).toEqual([3, 6]);
    marks.clear();
  });
});

it("makes UUIDs of version 7, which begin with the time", () => {
  const before = Date.now();
  const time = Number.parseInt(uuid().replace("-", "").slice(0, 12), 16);
  expect(time).toBeGreaterThanOrEqual(before);
  expect(time).toBeLessThanOrEqual(Date.now());
  expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(uuid()).not.toBe(uuid());
});
