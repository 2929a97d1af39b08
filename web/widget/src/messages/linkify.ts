/** Plain text, or an address to make clickable. Never HTML. */
export type Piece = string | { href: string; text: string };

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`´“”«»]+/giu;
const CLOSING: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

export function linkify(body: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of body.matchAll(ADDRESS)) {
    const text = trimmed(match[0]);
    const href = safe(text);
    if (!href) continue;
    if (match.index > end) pieces.push(body.slice(end, match.index));
    pieces.push({ href, text });
    end = match.index + text.length;
  }
  if (end < body.length) pieces.push(body.slice(end));
  return pieces;
}

/** The full stop after an address is the sentence's; so is a bracket that was opened before it. */
function trimmed(text: string): string {
  let kept = text;
  for (;;) {
    const last = kept.at(-1) ?? "";
    const open = CLOSING[last];
    const loose = open ? count(kept, open) < count(kept, last) : /[.,;:!?…*_~]/u.test(last);
    if (!loose) return kept;
    kept = kept.slice(0, -1);
  }
}

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}

/** http and https only, and no name or password before the host: those exist to mislead. */
function safe(text: string): string | null {
  try {
    const url = new URL(text);
    const web = url.protocol === "http:" || url.protocol === "https:";
    return web && !url.username && !url.password && url.hostname ? url.href : null;
  } catch {
    return null;
  }
}
