/** Arrow keys, Home and End move the focus among `items`; the one that has it is the only tab stop. */
export function rove(event: KeyboardEvent, items: readonly HTMLElement[]): HTMLElement | null {
  const at = items.indexOf(event.target as HTMLElement);
  if (at < 0) return null;
  const moves: Record<string, number> = {
    ArrowDown: Math.min(at + 1, items.length - 1),
    ArrowUp: Math.max(at - 1, 0),
    Home: 0,
    End: items.length - 1,
  };
  const to = moves[event.key];
  const item = to === undefined ? undefined : items[to];
  if (!item) return null;
  event.preventDefault();
  item.focus();
  return item;
}
