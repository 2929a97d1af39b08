/** A message in its versions: `body` is for whoever has none in their language. */
export interface Texts {
  body: string;
  [lang: string]: string | undefined;
}

/** As the API takes it. Where only versions were written, the first of them is for everybody else. */
export function toBodies(texts: Texts): { body: string; bodies?: Record<string, string> } {
  const written = Object.entries(texts)
    .filter(([lang, text]) => lang !== "body" && text?.trim())
    .map(([lang, text]) => [lang, text?.trim() ?? ""] as const);
  const body = texts.body.trim() || (written[0]?.[1] ?? "");
  return written.length > 0 ? { body, bodies: Object.fromEntries(written) } : { body };
}

export function ready(texts: Texts): boolean {
  return toBodies(texts).body !== "";
}
