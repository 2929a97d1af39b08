import type {
  Contact,
  Conversation,
  Me,
  MemberQuery,
  MemberWithRelation,
  Message,
  SiteInfo,
  Thread,
} from "#client";

const MINUTE = 60_000;
const NOW = Date.now();
export const ago = (minutes: number) => new Date(NOW - minutes * MINUTE).toISOString();

const picture = (hue: number) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="hsl(${hue} 45% 75%)"/><circle cx="32" cy="26" r="12" fill="hsl(${hue} 40% 35%)"/><path d="M8 64c2-17 12-24 24-24s22 7 24 24" fill="hsl(${hue} 40% 35%)"/></svg>`)}`;

const names: [string, string, string | null, number | null][] = [
  ["claire", "Claire Delmas", "Libraire à Nantes, littérature de voyage", 20],
  ["youssef", "Youssef Benali", "Éditeur, sciences humaines", null],
  ["ines", "Inès Carvalho", "Traductrice du portugais", 280],
  ["tom", "Tom O’Brien", "Typographer & type designer", null],
  ["mei", "Mei Lin", "Illustratrice jeunesse", 160],
  [
    "paul",
    "Paul-Henri de la Tour du Pin Chambly de La Charce",
    "Conservateur du patrimoine, spécialiste des reliures anciennes et des papiers marbrés",
    null,
  ],
  ["sofia", "Sofia Rossi", null, null],
  ["nour", "Nour Haddad", "Podcasteuse", 45],
  ["lea", "Léa", "Étudiante", null],
  ["arjun", "Arjun Rao", "Open data, bibliothèques numériques", 210],
];

const CONTACTS: Record<number, Contact> = { 0: "accepted", 4: "requested", 7: "received" };

export const people: MemberWithRelation[] = names.map(([login, name, headline, hue], index) => ({
  id: `member-${login}`,
  login,
  name,
  headline,
  avatar_url:
    hue === null ? (login === "lea" ? "http://127.0.0.1:9/broken.png" : null) : picture(hue),
  populations: [index % 2 ? "visiteurs" : "exposants"],
  badges: index === 0 ? ["Intervenante"] : [],
  interests: ["Reliure", "Poésie", "Accessibilité"].slice(0, (index % 3) + 1),
  offers: index % 4 ? [] : ["Traduction"],
  looks_for: index % 5 ? [] : ["Typographie"],
  connected: [0, 2, 3, 7].includes(index),
  relation: {
    can_message: ![5, 6, 8].includes(index),
    can_call: false,
    can_request_contact: [2, 5, 9].includes(index),
    contact: CONTACTS[index] ?? "none",
    contact_request_id: CONTACTS[index] ? `request-${login}` : null,
    blocked: index === 6,
    conversation_id: null,
  },
}));

export const me: Me = {
  id: "member-me",
  login: "camille",
  name: "Camille Martin",
  headline: "Bibliothécaire",
  avatar_url: picture(330),
  external_id: "42",
  email: null,
  locale: null,
  populations: ["visiteurs"],
  badges: [],
  interests: { Reliure: 1, Poésie: 1 },
  offers: ["Typographie"],
  looks_for: [],
  attributes: {},
  contactable: true,
  chat_enabled: true,
} as Me;

export const site = {
  id: "site",
  slug: "demo",
  name: "Salon des Savoirs",
  accounts: "token",
  texts: {},
  list_template: 2,
  detail_template: 2,
  list_order: "newest_first",
  features: {
    messaging: true,
    member_chat: true,
    groups: true,
    rooms: true,
    moderation: false,
    contact_requests: true,
    contact_organizer: true,
    video: false,
    matchmaking: false,
  },
} as SiteInfo;

export const person = (login: string) =>
  people.find((one) => one.login === login) as MemberWithRelation;

let count = 0;
export function message(
  conversation: string,
  seq: number,
  author: Message["author"],
  minutes: number,
  body: string,
  more: Partial<Message> = {},
): Message {
  count += 1;
  return {
    id: `${conversation}.${seq}`,
    conversation_id: conversation,
    seq,
    client_id: `client-${count}`,
    author,
    body,
    sent_at: ago(minutes),
    edited_at: null,
    removed: null,
    whisper_to: null,
    reply_to: null,
    ...more,
  };
}

export const by = (who: {
  id: string;
  name: string;
  avatar_url: string | null;
}): Message["author"] => ({ kind: "member", ...who });
export const operator: Message["author"] = {
  kind: "operator",
  id: "operator-1",
  name: "Hélène (accueil)",
};

export function conversation(
  id: string,
  more: Partial<Conversation>,
  messages: readonly Message[],
): Conversation {
  const last = messages.at(-1) ?? null;
  return {
    id,
    kind: "direct",
    peer: null,
    name: null,
    picture_url: null,
    unread: 0,
    last_message: last,
    last_at: last?.sent_at ?? ago(0),
    last_seq: last?.seq ?? 0,
    listed: true,
    blocked: false,
    marked_unread: false,
    participants: 2,
    can_write: true,
    cannot_write: null,
    can_call: true,
    can_call_denied: null,
    read_seq: last?.seq ?? 0,
    peer_read_seq: 0,
    ...more,
  } as Conversation;
}

export function thread(messages: readonly Message[], more: Partial<Thread> = {}): Thread {
  return { messages, hasOlder: false, loaded: true, gap: false, pending: [], typing: [], ...more };
}

/** Pages of a hundred thousand. */
export async function manyMembers({ cursor = "0", limit = 50 }: MemberQuery) {
  const from = Number(cursor);
  const items = Array.from({ length: limit }, (_, index) => {
    const number = from + index;
    const like = people[number % people.length] as MemberWithRelation;
    return { ...like, id: `many-${number}`, name: `${like.name} ${number + 1}` };
  });
  return { items, next: from + limit < 100_000 ? String(from + limit) : null };
}

export const populations = [
  { slug: "exposants", name: "Exposants" },
  { slug: "visiteurs", name: "Visiteurs" },
];
