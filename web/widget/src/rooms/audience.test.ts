import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type MemberCard, Problem, type Rooms } from "#client";
import { addressOf } from "./address.ts";
import { Audience } from "./audience.ts";

const card = (login: string) => ({ id: `u-${login}`, login, name: login }) as MemberCard;
/** As many as the server offers at most. */
const others = Array.from({ length: 8 }, (_, at) => card(`bob${at}`));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Types, waits, and says who is known: true, nobody such: false, or not known yet. */
function setUp(answer: (prefix: string) => Promise<MemberCard[]>) {
  const asked: string[] = [];
  const logins = (_room: string, prefix: string) => {
    asked.push(prefix);
    return answer(prefix);
  };
  const host = {
    addController: () => {},
    removeController: () => {},
    requestUpdate: () => {},
    updateComplete: Promise.resolve(true),
  };
  const audience = new Audience(host, () => ({ logins }) as unknown as Rooms);
  const of = (text: string, begun: string | null = null) =>
    audience.of("lobby", addressOf(text) ?? { logins: [], text }, begun);
  const known = async (text: string, begun: string | null = null) => {
    of(text, begun);
    await vi.advanceTimersByTimeAsync(300);
    return of(text, begun).map(({ member }) =>
      member === undefined ? undefined : member !== null,
    );
  };
  return { asked, of, known };
}

describe("those named at the beginning", () => {
  it("are asked for by the whole login, and found among others that begin so", async () => {
    const { asked, known } = setUp(async () => [card("Bob"), ...others.slice(1)]);
    expect(await known("@BOB, hi")).toEqual([true]);
    expect(asked).toEqual(["bob"]);
  });

  it("are nobody when a full answer holds others alone: the server puts the very one first", async () => {
    const { known } = setUp(async () => others);
    expect(await known("@bob hi")).toEqual([false]);
  });

  it("are not judged by an answer about the beginning of their login", async () => {
    const { asked, known } = setUp(async (prefix) => (prefix === "bobby" ? [card("bobby")] : []));
    expect(await known("@bob hi")).toEqual([false]);
    expect(await known("@bobby hi")).toEqual([true]);
    expect(asked).toEqual(["bob", "bobby"]);
  });

  it("are not judged while one writes the name, nor when the server can't be asked", async () => {
    const { asked, known } = setUp(async () => {
      throw Problem.unreachable();
    });
    expect(await known("@bo", "bo")).toEqual([]);
    expect(asked).toEqual([]);
    expect(await known("@bob hi")).toEqual([undefined]);
  });

  it("are each shown once, as first typed", () => {
    const { of } = setUp(async () => []);
    expect(of("@Bob @bob, @ｂｏｂ @anna @ hi").map(({ typed }) => typed)).toEqual(["Bob", "anna"]);
  });
});
