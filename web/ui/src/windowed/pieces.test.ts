import { expect, test } from "vitest";
import { keyMove, type Piece, pieces, rowsNear } from "./pieces.ts";

const items = (from: number, to: number): Piece => ({ type: "items", from, to });
const room = (rows: number): Piece => ({ type: "room", rows });

test("of a hundred thousand, those near the eye stand in the page", () => {
  const near = rowsNear(3_000_000, 3_000_600, 60, 100_000, 1);
  expect(near).toEqual({ first: 49_990, end: 50_020 });
  expect(pieces(100_000, 1, near, 50_000)).toEqual([
    room(49_990),
    items(49_990, 50_020),
    room(49_980),
  ]);
});

test("a short list is whole, an empty one is nothing", () => {
  expect(pieces(3, 1, rowsNear(0, 600, 60, 3, 1), 0)).toEqual([items(0, 3)]);
  expect(pieces(0, 4, rowsNear(0, 600, 60, 0, 1), 2)).toEqual([]);
});

test("columns share rows, and the last row may be short", () => {
  expect(pieces(10, 4, { first: 1, end: 3 }, 1)).toEqual([room(1), items(4, 10)]);
});

test("the row that holds the focus stays, above and below", () => {
  expect(pieces(1_000, 1, { first: 500, end: 520 }, 3)).toEqual([
    room(3),
    items(3, 4),
    room(496),
    items(500, 520),
    room(480),
  ]);
  expect(pieces(1_000, 1, { first: 0, end: 20 }, 900)).toEqual([
    items(0, 20),
    room(880),
    items(900, 901),
    room(99),
  ]);
  expect(pieces(1_000, 1, { first: 0, end: 20 }, 20)).toEqual([
    items(0, 20),
    items(20, 21),
    room(979),
  ]);
  expect(pieces(1_000, 1, { first: 0, end: 20 }, 5)).toEqual([items(0, 20), room(980)]);
});

test("whatever the numbers, every row is there once: shown or as room", () => {
  for (let seed = 1; seed < 500; seed += 1) {
    const pick = (below: number) => (seed * 7919 + below * 104_729 * seed) % (below + 1);
    const [count, columns] = [pick(400), 1 + pick(4)];
    const first = pick(120);
    const all = pieces(count, columns, { first, end: first + pick(40) }, pick(500));
    const rows = all.reduce(
      (sum, piece) =>
        sum + (piece.type === "room" ? piece.rows : Math.ceil((piece.to - piece.from) / columns)),
      0,
    );
    expect(rows, `seed ${seed}`).toBe(Math.ceil(count / columns));
  }
});

test("keys lead to the neighbours and stop at the ends", () => {
  expect(keyMove("ArrowDown", 0, 1, 8, 3)).toBe(1);
  expect(keyMove("ArrowDown", 2, 1, 8, 3)).toBe(2);
  expect(keyMove("ArrowRight", 2, 1, 8, 9)).toBeNull();
  expect(keyMove("ArrowRight", 2, 4, 8, 9)).toBe(3);
  expect(keyMove("PageDown", 0, 4, 3, 100)).toBe(12);
  expect(keyMove("End", 5, 4, 3, 100)).toBe(99);
  expect(keyMove("x", 5, 4, 3, 100)).toBeNull();
});
