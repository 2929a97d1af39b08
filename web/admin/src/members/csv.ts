/** A list to begin with: what the columns are called, and how several values stand in one cell. */
export const SAMPLE = `\ufefflogin,name,email,headline,populations,badges,interests
ada,Ada Lovelace,ada@example.org,Mathematician,speakers|visitors,VIP,poetry|computing
charles,Charles Babbage,charles@example.org,Inventor,visitors,,computing|engines
`;

/** A value of the preview, as one reads it. */
export function written(value: unknown): string {
  if (value === null || value === undefined || value === "") return "—";
  if (Array.isArray(value)) return value.length > 0 ? value.map(written).join(", ") : "—";
  if (typeof value === "object") {
    const words = Object.entries(value).map(([name, one]) => (one === 1 ? name : `${name} ${one}`));
    return words.length > 0 ? words.join(", ") : "—";
  }
  return String(value);
}
