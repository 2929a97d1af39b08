/** The template that was meant, where there is one of that number: the tag's, the site's, the second. */
export function chosen<T>(
  templates: Readonly<Record<number, T>>,
  ...numbers: (number | null | undefined)[]
): T {
  const found = numbers.find((number) => number && templates[number]);
  return templates[found ?? 2] as T;
}
