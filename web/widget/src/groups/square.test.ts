import { expect, test } from "vitest";
import { moved, nearest, rounded, whole, zoomed, zoomOf } from "./square.ts";

const wide = { width: 1600, height: 900 };

test("it begins with the largest square in the middle", () => {
  expect(whole(wide)).toEqual({ x: 350, y: 0, size: 900 });
  expect(whole({ width: 30, height: 50 })).toEqual({ x: 0, y: 10, size: 30 });
});

test("it never leaves the picture, however far it is drawn", () => {
  expect(moved(whole(wide), wide, 5000, 5000)).toEqual({ x: 700, y: 0, size: 900 });
  expect(moved(whole(wide), wide, -5000, -1)).toEqual({ x: 0, y: 0, size: 900 });
});

test("zooming keeps the middle, and ends where it would blur", () => {
  const near = zoomed(whole(wide), wide, 2);
  expect(near).toEqual({ x: 575, y: 225, size: 450 });
  expect(zoomOf(near, wide)).toBe(2);
  expect(zoomed(near, wide, 1)).toEqual(whole(wide));
  expect(zoomOf(zoomed(near, wide, 999), wide)).toBe(nearest(wide));
  expect(nearest({ width: 40, height: 40 })).toBe(1);
});

test("zooming out at an edge stays inside", () => {
  const corner = moved(zoomed(whole(wide), wide, 4), wide, -9999, -9999);
  expect(corner).toMatchObject({ x: 0, y: 0 });
  expect(zoomed(corner, wide, 1)).toEqual({ x: 0, y: 0, size: 900 });
});

test("what is sent are whole pixels within the picture", () => {
  expect(rounded({ x: 10.6, y: -0.2, size: 899.7 }, wide)).toEqual({ x: 11, y: 0, size: 900 });
  expect(rounded({ x: 0.6, y: 0, size: 0.2 }, { width: 1, height: 1 })).toEqual({
    x: 0,
    y: 0,
    size: 1,
  });
});
