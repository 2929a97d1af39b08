import { expect, test } from "vitest";
import { linkify } from "./linkify.ts";

const links = (body: string) =>
  linkify(body).flatMap((piece) => (typeof piece === "string" ? [] : [piece.text]));

test.each([
  ["see https://example.org.", ["https://example.org"]],
  ["(https://example.org/a(b))", ["https://example.org/a(b)"]],
  ["« https://example.org/é?x=1&y=2 »", ["https://example.org/é?x=1&y=2"]],
  ["HTTP://EXAMPLE.ORG!!", ["HTTP://EXAMPLE.ORG"]],
  ["two: http://a.example, https://b.example?", ["http://a.example", "https://b.example"]],
])("finds the addresses in %s", (body, expected) => {
  expect(links(body)).toEqual(expected);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "ftp://example.org",
  "https://",
  "https://bank.example@evil.example",
  "no address at all",
  "",
])("leaves %j alone", (body) => {
  expect(links(body)).toEqual([]);
});

test("loses nothing of the text", () => {
  const body = 'a https://example.org/<b> "https://c.example" d\nhttps://e.example).';
  expect(
    linkify(body)
      .map((piece) => (typeof piece === "string" ? piece : piece.text))
      .join(""),
  ).toBe(body);
});

test("answers quickly for what is built to be slow", () => {
  const body = `https://${"(".repeat(2000)}${")".repeat(1900)}`;
  const start = performance.now();
  linkify(body);
  expect(performance.now() - start).toBeLessThan(500);
});
