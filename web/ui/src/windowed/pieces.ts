/** Where a long list is cut: things that stand in the page, and empty room as high as so many rows. */
export type Piece = { type: "items"; from: number; to: number } | { type: "room"; rows: number };

/** Rows of a list: from `first` to before `end`. */
export interface Rows {
  first: number;
  end: number;
}

/** The rows between `top` and `bottom`, measured from the beginning of the list; `more` screens more on both sides. */
export function rowsNear(
  top: number,
  bottom: number,
  pitch: number,
  count: number,
  more: number,
): Rows {
  const spare = (bottom - top) * more;
  const clamp = (row: number) => Math.max(0, Math.min(count, row));
  return {
    first: clamp(Math.floor((top - spare) / pitch)),
    end: clamp(Math.ceil((bottom + spare) / pitch)),
  };
}

/** The window, and the row that holds the focus wherever it is, with room in place of everything else. */
export function pieces(count: number, columns: number, near: Rows, held: number): Piece[] {
  const rows = Math.ceil(count / columns);
  const end = Math.min(near.end, rows);
  const first = Math.min(near.first, end);
  const spans: Rows[] = [{ first, end }];
  if (held < first) spans.unshift({ first: held, end: held + 1 });
  if (held >= end && held < rows) spans.push({ first: held, end: held + 1 });
  const result: Piece[] = [];
  let at = 0;
  const room = (to: number) => to > at && result.push({ type: "room", rows: to - at });
  for (const span of spans) {
    room(span.first);
    if (span.end > span.first)
      result.push({
        type: "items",
        from: span.first * columns,
        to: Math.min(count, span.end * columns),
      });
    at = Math.max(at, span.end);
  }
  room(rows);
  return result;
}

/** Where a key leads from the item at `at`; null when it is none of ours. */
export function keyMove(
  key: string,
  at: number,
  columns: number,
  page: number,
  count: number,
): number | null {
  const moves: Record<string, number> = {
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    PageDown: at + page * columns,
    PageUp: at - page * columns,
    Home: 0,
    End: count - 1,
    ...(columns > 1 ? { ArrowRight: at + 1, ArrowLeft: at - 1 } : {}),
  };
  const to = moves[key];
  if (to === undefined || count === 0) return null;
  return Math.max(0, Math.min(count - 1, to));
}
