// What there is to look at: an element over a fixed state, at a size, and what was pressed.
import type { Screen } from "../src/navigation.ts";
import type { Calling } from "./calls.ts";
import { GalleryClient } from "./client.ts";
import { manyMembers, people, site } from "./people.ts";
import { empty, failing, full, history, missed } from "./states.ts";

export interface Case {
  /** Without "parvis-". */
  element: string;
  client: () => GalleryClient;
  width: number;
  height: number;
  screen?: Screen;
  attributes?: Record<string, string>;
  /** One after the other. */
  press?: readonly Way[];
  /** What is written before anything is pressed, and where. */
  write?: readonly (readonly [Way, string])[];
  /** What the keyboard is on, at the end. */
  focus?: Way;
  /** What it has to show. */
  until?: Way;
}

/** From shadow root to shadow root. */
export type Way = readonly string[];

type Rest = Partial<Case>;
const off = (feature: string) => ({ features: { ...site.features, [feature]: false } });
const on = (feature: string) => ({ features: { ...site.features, [feature]: true } });
const talking = () => new GalleryClient({ state: full });
const nobody = (more: object = {}) =>
  new GalleryClient({ state: empty, status: "signed-out", signedIn: false, ...more });
const many = () =>
  Object.assign(new GalleryClient({ state: empty }), { members: manyMembers }) as GalleryClient;

const box = (rest: Rest = {}): Case => ({
  element: "messenger",
  client: talking,
  width: 448,
  height: 780,
  ...rest,
});
const section = (rest: Rest = {}): Case => ({
  element: "direct-messages",
  client: talking,
  width: 960,
  height: 640,
  ...rest,
});
const call = (calling: Calling, rest: Rest = {}): Case =>
  box({ client: () => new GalleryClient({ state: full, site: on("video"), calling }), ...rest });
const room = (rest: Rest = {}): Case => ({
  element: "chatbox",
  client: talking,
  width: 960,
  height: 640,
  ...rest,
  attributes: { room: "salon", ...rest.attributes },
});

const conversation: Screen = { name: "conversation", id: "c1" };
const LIST = "parvis-conversation-list";
const VIEW = "parvis-conversation";
const LOG = "parvis-message-log";
const SIGN_IN = "parvis-sign-in";
const INTERESTS: Way = ["parvis-settings", "parvis-interests"];
const ROOM = "parvis-room";
const ROOM_LOG = "parvis-room-log";
const CALLS: Way = [VIEW, "parvis-call-buttons", "button:last-of-type"];
const BEGIN: Way = ["parvis-call", ".answers .button:last-of-type"];

const templates = Object.fromEntries(
  [1, 2, 3].flatMap((list) =>
    [1, 2, 3].map((detail): [string, Case] => [
      `templates-${list}-${detail}`,
      section({
        screen: conversation,
        attributes: { "list-template": `${list}`, "detail-template": `${detail}` },
      }),
    ]),
  ),
);

const LINES =
  "Bonjour Claire,\nmerci pour le catalogue.\n\nJe passe demain avec les épreuves :\n- la couverture,\n- les trois cahiers.";

export const cases: Record<string, Case> = {
  closed: box({ width: 200, height: 160 }),
  list: box(),
  conversation: box({ screen: conversation }),
  failed: box({ client: () => new GalleryClient({ state: failing }), screen: conversation }),
  history: box({ client: () => new GalleryClient({ state: history(360) }), screen: conversation }),
  group: box({ screen: { name: "conversation", id: "c2" } }),
  organizer: box({ screen: { name: "conversation", id: "c3" } }),
  blocked: box({ screen: { name: "conversation", id: "c7" } }),
  readonly: box({ screen: { name: "conversation", id: "c6" } }),
  "group-info": box({ screen: { name: "group", id: "c2" } }),
  "new-group": box({ screen: { name: "new-group" } }),
  "group-name": box({ screen: { name: "new-group", members: people.slice(0, 4) } }),
  "group-leave": box({
    screen: { name: "group", id: "c2" },
    press: [["parvis-group", ".danger"]],
    until: ["parvis-group-task", "dialog .button"],
  }),
  people: box({ screen: { name: "people" } }),
  requests: box({ screen: { name: "requests" }, client: talking }),
  settings: box({ screen: { name: "settings" } }),
  empty: box({ client: () => new GalleryClient({ state: empty }) }),
  loading: box({ client: () => new GalleryClient({ state: { ...empty, loaded: false } }) }),
  offline: box({ client: () => new GalleryClient({ state: full, status: "offline" }) }),
  refused: box({
    client: () => new GalleryClient({ state: empty, status: "refused", signedIn: false }),
  }),
  "signed-out": box({ client: () => nobody() }),
  "sign-in": box({ client: () => nobody({ site: { accounts: "password" } }) }),
  "sign-in-refused": box({
    client: () => nobody({ site: { accounts: "password" } }),
    write: [
      [[SIGN_IN, "#login"], "camille"],
      [[SIGN_IN, "#password"], "wrong"],
    ],
    press: [[SIGN_IN, ".button"]],
    until: [SIGN_IN, ".error"],
  }),
  off: box({ client: () => new GalleryClient({ state: full, site: off("messaging") }) }),
  "no-member-chat": box({
    client: () => new GalleryClient({ state: empty, site: off("member_chat") }),
  }),
  many: section({ client: many }),
  "row-menu": box({ press: [[LIST, ".more"]] }),
  // It stays as long as the keyboard is on it.
  toast: box({
    press: [
      [LIST, ".more"],
      [LIST, "parvis-menu", "button:first-of-type"],
    ],
    focus: ["parvis-toast", ".button"],
  }),
  "message-menu": box({
    screen: conversation,
    press: [[VIEW, LOG, `[data-id="c1.8"] .more`]],
  }),
  question: box({
    screen: conversation,
    press: [
      [VIEW, LOG, `[data-id="c1.8"] .more`],
      [VIEW, LOG, "parvis-menu", "button:last-of-type"],
    ],
  }),
  profile: {
    element: "members",
    client: talking,
    width: 960,
    height: 720,
    press: [[".card"]],
  },
  shortcuts: box({
    screen: { name: "settings" },
    press: [["parvis-settings", ".keys"]],
  }),
  replying: box({
    screen: conversation,
    press: [
      [VIEW, LOG, `[data-id="c1.4"] .more`],
      [VIEW, LOG, "parvis-menu", "button:first-of-type"],
    ],
  }),
  editing: box({
    screen: conversation,
    press: [
      [VIEW, LOG, `[data-id="c1.8"] .more`],
      [VIEW, LOG, "parvis-menu", "button:first-of-type"],
    ],
  }),
  writing: box({
    screen: conversation,
    write: [[[VIEW, "parvis-composer", "textarea"], LINES]],
  }),
  "call-incoming": call("incoming", { until: BEGIN }),
  "call-phone": call("incoming", { width: 360, height: 640, until: BEGIN }),
  "call-preview": call("outgoing", { screen: conversation, press: [CALLS], until: BEGIN }),
  "call-outgoing": call("outgoing", { screen: conversation, press: [CALLS, BEGIN] }),
  "call-refused": call("refused", { screen: conversation, press: [CALLS, BEGIN] }),
  call: call("active", { width: 960, height: 640, until: ["parvis-call", "parvis-elapsed"] }),
  "call-missed": box({
    client: () => new GalleryClient({ state: missed, site: on("video") }),
    screen: conversation,
  }),
  interests: box({
    client: () => new GalleryClient({ state: full, site: on("matchmaking") }),
    screen: { name: "settings" },
    press: [
      [...INTERESTS, "summary"],
      [...INTERESTS, "parvis-not-for-me", "summary"],
    ],
    focus: [...INTERESTS, "parvis-not-for-me", "button"],
  }),
  suggestions: {
    element: "members",
    client: () =>
      Object.assign(new GalleryClient({ state: full, site: on("matchmaking") }), {
        members: async () => ({ items: people.slice(0, 4), next: null }),
      }),
    attributes: { matchmaking: "" },
    width: 960,
    height: 720,
  },
  ...templates,
  section: section(),
  "section-conversation": section({ screen: conversation }),
  "section-requests": section({
    screen: { name: "requests" },
    attributes: { "contact-requests": "" },
  }),
  "phone-offline": section({
    client: () => new GalleryClient({ state: full, status: "offline" }),
    width: 360,
    height: 640,
    screen: conversation,
  }),
  column: section({ width: 240, height: 640 }),
  "column-conversation": section({ width: 240, height: 640, screen: conversation }),
  phone: box({ width: 360, height: 640 }),
  "phone-conversation": box({ width: 360, height: 640, screen: conversation }),
  room: room(),
  "room-compact": room({ width: 320, height: 520, attributes: { compact: "" } }),
  "room-column": room({ width: 240, height: 520, attributes: { compact: "" } }),
  "room-moderator": room(),
  "room-moderation": room({ press: [[ROOM, "[part=header] .round"]] }),
  "room-report": room({
    press: [
      [ROOM, ROOM_LOG, `[data-id="lobby.12"] .more`],
      [ROOM, ROOM_LOG, "parvis-menu", "button:last-of-type"],
    ],
    until: [ROOM, "parvis-form", "form"],
  }),
  "room-muted": room(),
  "room-banned": room(),
  "room-announcements": room(),
  "room-closed": room(),
  "room-slow": room(),
  "room-held": room(),
  "room-quiet": room(),
  "room-crowd": room(),
  members: { element: "members", client: talking, width: 960, height: 720 },
  "members-column": { element: "members", client: talking, width: 240, height: 720 },
  "members-empty": {
    element: "members",
    client: () => Object.assign(talking(), { members: async () => ({ items: [], next: null }) }),
    width: 640,
    height: 480,
  },
  "message-button": {
    element: "message-button",
    client: talking,
    width: 320,
    height: 120,
    attributes: { member: "claire" },
  },
  "contact-organizer": {
    element: "contact-organizer",
    client: talking,
    width: 320,
    height: 120,
  },
};

export const LANGUAGES = ["en", "fr", "de", "es", "it", "ar"];
export const THEMES = ["light", "dark"];
