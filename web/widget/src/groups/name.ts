/** The contract's limit, in Unicode scalar values after normalisation. */
export const LONGEST = 80;

/** A name as it is sent: one line, without what stands around it. */
export function nameOf(text: string): string {
  return text.replace(/\s+/gu, " ").trim().normalize("NFC");
}

export function lengthOf(text: string): number {
  return [...nameOf(text)].length;
}
