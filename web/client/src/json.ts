/** As JSON, whatever `toJSON` the page gave to lists, texts or everything: pages with old libraries do. */
export function asJson(value: unknown): string {
  return JSON.stringify(value, ownValue);
}

function ownValue(this: Record<string, unknown>, key: string): unknown {
  return this[key];
}
