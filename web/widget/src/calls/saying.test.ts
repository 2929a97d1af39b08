import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import type { Meeting } from "./meeting.ts";
import { News } from "./saying.ts";

const ctx = { i18n: { t: (key: string) => key } } as unknown as Context;
const quiet = { microphone: true, camera: true, screen: false };
const meeting = (link: string, theirs = quiet) =>
  ({ phase: "active", peer: { link }, theirs, other: { name: "Bob" } }) as unknown as Meeting;

test("a connection that is lost and found is told, and no more than once", () => {
  const news = new News();
  const links = ["connecting", "connected", "connected", "interrupted", "failed", "connected"];
  expect(links.map((link) => news.of(ctx, meeting(link)))).toEqual([
    "calls.connecting",
    "calls.connected",
    "calls.connected",
    "calls.interrupted",
    "calls.interrupted",
    "calls.connected",
  ]);
});

test("how the other begins is no news; what they change is", () => {
  const news = new News();
  const muted = { ...quiet, microphone: false };
  news.of(ctx, meeting("connected", muted));
  expect(news.of(ctx, meeting("connected", muted))).toBe("calls.connected");
  expect(news.of(ctx, meeting("connected"))).toBe("calls.theirs.unmuted");
  expect(news.of(ctx, meeting("connected", { ...quiet, camera: false }))).toBe("calls.theirs.dark");
});
