// What one says of each theme, and back to what the server keeps.
import type { Me, MePatch, ThemesOfDomain } from "#client";

export type Way = "interests" | "offers" | "looks_for";
export const WAYS: readonly Way[] = ["interests", "offers", "looks_for"];

/** A theme, and what one says of it. */
export interface Row {
  theme: string;
  says: ReadonlySet<Way>;
}

export interface Block {
  /** Null: themes of no domain. */
  domain: string | null;
  rows: Row[];
}

const same = (theme: string) => theme.trim().normalize("NFKC").toLocaleLowerCase();

/** The site's themes by domain, then those of one's own, and `shown` ones of which one says nothing any more. */
export function blocks(
  me: Me,
  domains: readonly ThemesOfDomain[],
  shown: readonly string[] = [],
): Block[] {
  const said = new Map<string, Set<Way>>();
  // What stood there keeps its place.
  const written = new Map(shown.map((theme) => [same(theme), theme]));
  const say = (theme: string, way: Way) => {
    const key = same(theme);
    written.set(key, written.get(key) ?? theme);
    said.set(key, (said.get(key) ?? new Set()).add(way));
  };
  for (const [theme, weight] of Object.entries(me.interests))
    if (weight > 0) say(theme, "interests");
  for (const way of ["offers", "looks_for"] as const) for (const theme of me[way]) say(theme, way);
  const known = domains.map(({ domain, themes }) => ({
    domain,
    rows: themes.map((theme) => ({ theme, says: said.get(same(theme)) ?? new Set<Way>() })),
  }));
  const listed = new Set(domains.flatMap(({ themes }) => themes.map(same)));
  const own = [...written].filter(([key]) => !listed.has(key));
  const rows = own.map(([key, theme]) => ({ theme, says: said.get(key) ?? new Set<Way>() }));
  return rows.length ? [...known, { domain: null, rows }] : known;
}

/** What changes when one says this of a theme, or no longer. */
export function change(me: Me, theme: string, way: Way, on: boolean): MePatch {
  const other = (one: string) => same(one) !== same(theme);
  if (way !== "interests") {
    const rest = me[way].filter(other);
    return { [way]: on ? [...rest, theme] : rest };
  }
  const rest = Object.entries(me.interests).filter(([one]) => other(one));
  return { interests: Object.fromEntries(on ? [...rest, [theme, 1]] : rest) };
}
