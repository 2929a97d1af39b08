// For development: the elements over fixed states. gallery.html?case=…&lang=fr&theme=dark&element=messenger
import { defineElements, defineScreens } from "../src/elements.ts";
import type { Screen } from "../src/navigation.ts";
import { GalleryClient } from "./client.ts";
import { manyMembers, people, site } from "./people.ts";
import { empty, failing, full, history } from "./states.ts";

const asked = new URLSearchParams(location.search);
const name = asked.get("case") ?? "list";
const element = asked.get("element") ?? "messenger";
document.documentElement.lang = asked.get("lang") ?? "fr";

const off = (feature: string) => ({ features: { ...site.features, [feature]: false } });
const cases: Record<string, () => GalleryClient> = {
  empty: () => new GalleryClient({ state: empty }),
  loading: () => new GalleryClient({ state: { ...empty, loaded: false } }),
  offline: () => new GalleryClient({ state: full, status: "offline" }),
  refused: () => new GalleryClient({ state: empty, status: "refused", signedIn: false }),
  "signed-out": () => new GalleryClient({ state: empty, status: "signed-out", signedIn: false }),
  "sign-in": () =>
    new GalleryClient({
      state: empty,
      status: "signed-out",
      signedIn: false,
      site: { accounts: "password" },
    }),
  off: () => new GalleryClient({ state: full, site: off("messaging") }),
  "no-member-chat": () => new GalleryClient({ state: empty, site: off("member_chat") }),
  failed: () => new GalleryClient({ state: failing }),
  history: () => new GalleryClient({ state: history(360) }),
};
const screens: Record<string, Screen> = {
  conversation: { name: "conversation", id: "c1" },
  failed: { name: "conversation", id: "c1" },
  history: { name: "conversation", id: "c1" },
  group: { name: "conversation", id: "c2" },
  "group-info": { name: "group", id: "c2" },
  "new-group": { name: "new-group" },
  "group-name": { name: "new-group", members: people.slice(0, 4) },
  organizer: { name: "conversation", id: "c3" },
  blocked: { name: "conversation", id: "c7" },
  readonly: { name: "conversation", id: "c6" },
  people: { name: "people" },
  requests: { name: "requests" },
  settings: { name: "settings" },
};

/** A site with very many members. */
const many = () => {
  const client = new GalleryClient({ state: empty });
  client.members = manyMembers;
  return client;
};
cases.many = many;

const client = cases[name]?.() ?? new GalleryClient({ state: full });
defineElements();
await defineScreens();
const shown = Object.assign(document.createElement(`parvis-${element}`), {
  client,
}) as HTMLElement & { show?: (screen: Screen) => void; open?: boolean };
for (const attribute of [
  "theme",
  "member",
  "position",
  "list-template",
  "detail-template",
  "contact-requests",
  "room",
  "compact",
]) {
  const value = asked.get(attribute);
  if (value !== null) shown.setAttribute(attribute, value);
}
document.body.append(shown);
if (element === "messenger" && name !== "closed") shown.open = true;
const screen = screens[name];
if (screen) shown.show?.(screen);
const width = asked.get("width");
if (width) shown.style.setProperty("inline-size", `${width}px`);
Object.assign(window, { client, shown });
