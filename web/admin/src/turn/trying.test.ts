import { expect, test } from "vitest";
import { attempts, wayOf } from "./trying.ts";

test.each([
  ["stun:t.example:3478", "stun"],
  ["turn:t.example:3478?transport=udp", "udp"],
  ["turn:t.example", "udp"],
  ["turn:t.example:3478?transport=tcp", "tcp"],
  ["turns:t.example:443?transport=tcp", "tls"],
])("%s goes by %s", (url, way) => {
  expect(wayOf(url)).toBe(way);
});

test("each address is tried by itself, with the credentials it needs", () => {
  const found = attempts([
    { urls: ["stun:a"] },
    { urls: ["turn:a?transport=udp", "turn:a?transport=tcp"], username: "u", credential: "c" },
  ]);
  expect(found.map(({ server }) => server)).toEqual([
    { urls: ["stun:a"] },
    { urls: ["turn:a?transport=udp"], username: "u", credential: "c" },
    { urls: ["turn:a?transport=tcp"], username: "u", credential: "c" },
  ]);
});
