import { expect, test } from "vitest";
import { titled } from "./count.ts";

test.each([
  ["A website", 0, "A website"],
  ["A website", 3, "(3) A website"],
  ["A website", 100, "(99+) A website"],
  ["(2) A website that counts", 3, "(2) A website that counts"],
  ["", 1, "(1) "],
])("%j with %d unread is %j", (own, unread, expected) => {
  expect(titled(own, unread)).toBe(expected);
});
