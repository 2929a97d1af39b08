/** Up to two letters: of the first and the last word. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s\u2010-\u2015_.-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = letter(words[0]);
  const last = words.length > 1 ? letter(words.at(-1)) : "";
  return first + last || "?";
}

function letter(word = ""): string {
  return (/[\p{L}\p{N}]/u.exec(word)?.[0] ?? "").toLocaleUpperCase();
}

/** A hue in degrees that stays the same for the same id, spread over twelve steps so that neighbours differ. */
export function hue(id: string): number {
  let hash = 2166136261;
  for (const char of id) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619);
  return ((hash >>> 8) % 12) * 30 + 15;
}
