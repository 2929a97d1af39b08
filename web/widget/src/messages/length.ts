/** The contract's limit, in Unicode scalar values after normalisation. */
export const LIMIT = 4000;
const WARN = 300;

/** How many characters are left; null while that is far away. Negative: too long. */
export function left(text: string): number | null {
  if (text.length < LIMIT - WARN) return null;
  const rest = LIMIT - [...text.trim().normalize("NFC")].length;
  return rest <= WARN ? rest : null;
}
