import type { TextItem } from "../wire.ts";

/** Found by its key or by words of ours or the site's own text, however they are accented. */
export function matches(item: TextItem, words: string, lang: string): boolean {
  const said = [item.defaults[lang], item.custom[lang]].filter((text) => text !== undefined);
  // A form that only other languages count with.
  if (said.length === 0) return false;
  const hay = plain([item.key, ...said].join(" "));
  return plain(words)
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The part of the product that a sentence belongs to. */
export function areaOf(key: string): string {
  return key.split(".")[0] ?? key;
}

/** What stands in braces and is nothing that the sentence knows. */
export function unknownPlaceholders(text: string, known: readonly string[]): string[] {
  const found = [...text.matchAll(/\{(\w*)\}/g)].map(([whole, name]) =>
    name && known.includes(name) ? "" : whole,
  );
  return [...new Set(found.filter(Boolean))];
}
