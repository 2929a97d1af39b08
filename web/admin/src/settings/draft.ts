// Settings that are changed together, and what of them is sent: a merge patch (RFC 7396).
type Json = unknown;

const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What turns `before` into `after`; undefined when they are the same. */
export function patchOf(before: Json, after: Json): Json | undefined {
  if (!isObject(before) || !isObject(after))
    return JSON.stringify(before) === JSON.stringify(after) ? undefined : after;
  const patch: Record<string, Json> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (after[name] === undefined) {
      if (before[name] !== undefined) patch[name] = null;
      continue;
    }
    const change = patchOf(before[name], after[name]);
    if (change !== undefined) patch[name] = change;
  }
  return Object.keys(patch).length > 0 ? patch : undefined;
}

/** `part.name` of an object set to another value, the rest as it was. */
export function withPart<T extends object>(whole: T, path: string, value: unknown): T {
  const [first = "", ...rest] = path.split(".");
  const inner = (whole as Record<string, unknown>)[first];
  const next =
    rest.length > 0 ? withPart(isObject(inner) ? inner : {}, rest.join("."), value) : value;
  return { ...whole, [first]: next };
}
