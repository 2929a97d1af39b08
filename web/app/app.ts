// The messenger as a full page, at /app/{site}. A website may link here with `#token=…`: the fragment never
// reaches a server, and it leaves the address bar at once.
import { start } from "#widget";

const fragment = new URLSearchParams(location.hash.slice(1));
const token = fragment.get("token") ?? undefined;
if (token) history.replaceState(null, "", location.pathname + location.search);

const site = decodeURIComponent(location.pathname.split("/")[2] ?? "");
start({ origin: location.origin, site, token, keepSession: true });
