import type { Api } from "../shell/api.ts";
import type { Facets, Population } from "../wire.ts";

/** What members can be told apart by, with how many there are of each. */
export async function facetsOf(api: Api): Promise<Facets> {
  const [facets, populations] = await Promise.all([
    api.get<Facets>("/members/facets"),
    api.all<Population>("/populations"),
  ]);
  const counts = new Map(facets.populations.map(({ slug, count }) => [slug, count]));
  return {
    ...facets,
    populations: populations.map((one) => ({ ...one, count: counts.get(one.slug) ?? 0 })),
  };
}
