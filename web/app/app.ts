// The messenger as a full page, at /app/{site}. A website may link here with `#token=…`: the fragment never
// reaches a server, and it leaves the address bar at once.
import { start } from "#widget";
import { canBeInstalled } from "./install.ts";
import { Kept } from "./kept.ts";
import { Network } from "./network.ts";

const fragment = new URLSearchParams(location.hash.slice(1));
const token = fragment.get("token") ?? undefined;
const { origin } = location;
const site = decodeURIComponent(location.pathname.split("/")[2] ?? "");
// What is installed ends with a slash: else the app of `demo` would be around that of `demo-2` too.
history.replaceState(null, "", `/app/${encodeURIComponent(site)}/${location.search}`);

// This page has no language of its own: it speaks the visitor's.
document.documentElement.lang = navigator.language;

const kept = Kept.of(origin, site);
const network = new Network((path, query) => kept?.answer(path, query));
const { client } = start(
  { origin, site, token, keepSession: true },
  kept ? { fetch: network.fetch, away: () => network.away, session: kept.session } : {},
);
kept?.follow(client);

/** The page is called as the site is. Asking also tells whether anybody answers: if not, what was kept is shown. */
async function name(): Promise<void> {
  const answer = await network.fetch(`${origin}/api/v1/sites/${encodeURIComponent(site)}`);
  if (network.away) client.loadConversations().catch(() => {});
  if (!answer.ok) return;
  const { name } = (await answer.json()) as { name: string };
  document.title = name;
  const heading = document.querySelector("h1");
  if (heading) heading.textContent = name;
}

// Without its name the page works as well.
name().catch(() => {});
canBeInstalled(site);
