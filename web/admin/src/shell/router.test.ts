import { expect, test } from "vitest";
import { address, parsePlace } from "./router.ts";

test.each([
  ["/admin", "", "", []],
  ["/admin/demo", "demo", "", []],
  ["/admin/demo/members/abc/messages", "demo", "members", ["abc", "messages"]],
  ["/admin/salon%20d%27hiver/rooms", "salon d'hiver", "rooms", []],
  ["/admin/%zz/rooms/", "%zz", "rooms", []],
])("%s", (path, site, section, rest) => {
  expect(parsePlace(path)).toMatchObject({ site, section, rest });
});

test("an address leads back to its place", () => {
  const path = address("demo", "members", ["a/b"], { view: "v 1" });
  expect(path).toBe("/admin/demo/members/a%2Fb?view=v+1");
  const [pathname = "", search] = path.split("?");
  const place = parsePlace(pathname, search);
  expect(place.rest).toEqual(["a/b"]);
  expect(place.query.get("view")).toBe("v 1");
  expect(address("demo", "")).toBe("/admin/demo");
});
