// The messenger as a full page, at /app/{site}. A website may link here with `#token=…`: the fragment never
// reaches a server, and it leaves the address bar at once.
import { start } from "#widget";

const fragment = new URLSearchParams(location.hash.slice(1));
const token = fragment.get("token") ?? undefined;
if (token) history.replaceState(null, "", location.pathname + location.search);

// This page has no language of its own: it speaks the visitor's.
document.documentElement.lang = navigator.language;

const site = decodeURIComponent(location.pathname.split("/")[2] ?? "");
start({ origin: location.origin, site, token, keepSession: true });

/** The page is called as the site is. */
async function name(): Promise<void> {
  const answer = await fetch(`/api/v1/sites/${encodeURIComponent(site)}`);
  if (!answer.ok) return;
  const { name } = (await answer.json()) as { name: string };
  document.title = name;
  const heading = document.querySelector("h1");
  if (heading) heading.textContent = name;
}

// Without its name the page works as well.
name().catch(() => {});
