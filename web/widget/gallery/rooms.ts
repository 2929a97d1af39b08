// A room that looks like something. For the gallery alone.
import type {
  Held,
  MemberCard,
  Moderation,
  Present,
  PresentPage,
  Report,
  RoomInfo,
  Rooms,
  RoomsState,
  Sanction,
} from "#client";
import { GalleryClient } from "./client.ts";
import { ago, by, conversation, me, message, people, person, thread } from "./people.ts";
import { empty } from "./states.ts";

const says = (login: string, more: object = {}) => ({ ...by(person(login)), ...more });
const lobby = [
  message(
    "lobby",
    1,
    says("claire", { moderator: true, badges: ["Intervenante"] }),
    1600,
    "Bienvenue à toutes et à tous dans le salon !",
  ),
  message(
    "lobby",
    2,
    says("youssef"),
    1500,
    "Bonjour ! Quelqu’un sait à quelle heure commence la table ronde ?",
  ),
  message("lobby", 4, says("tom"), 46, "14:00, room B. Bring a chair."),
  message(
    "lobby",
    5,
    says("tom"),
    45,
    "And @camille will show the specimens: https://example.org/specimens",
    {
      mentions: [me],
    },
  ),
  message("lobby", 6, by(me), 40, "Avec plaisir, @tom. J’apporte les planches."),
  message("lobby", 7, says("mei"), 30, "", {
    removed: { by: "moderator", at: ago(29), reason: "Off topic here" },
  }),
  message("lobby", 9, says("nour"), 12, "@camille @ines On se retrouve au café avant ?", {
    whisper_to: [me, person("ines")],
  }),
  message("lobby", 10, by(me), 11, "@nour @ines Oui, à 13 h 30 devant l’entrée.", {
    whisper_to: [person("nour"), person("ines")],
  }),
  message("lobby", 12, says("arjun"), 8, "Le réseau de la salle B tient le coup aujourd’hui."),
  message("lobby", 13, says("lea"), 4, "Est-ce que les conférences sont enregistrées ?"),
];

export const info: RoomInfo = {
  slug: "salon",
  moderator: false,
  moderation: true,
  announcement_only: false,
  slow_mode_seconds: 0,
  open: true,
  opens_at: null,
  connected: 10,
  content_policy: { pictures: true, files: true, emoji: true, links: true },
  hold_first: 0,
  sanction: null,
};

const sanction = (kind: Sanction["kind"]): Sanction => ({
  id: "s1",
  room: "lobby",
  member: me,
  kind,
  reason: "Publicité répétée, malgré deux rappels.",
  by: { name: "Claire Delmas" },
  created_at: ago(3),
  until: new Date(Date.now() + 45 * 60_000).toISOString(),
  lifted_at: null,
});

const refused = (code: string) => ({
  can_write: false,
  cannot_write: { code, detail: "" } as never,
});
/** What a case of the gallery changes about the first room. */
const special: Record<string, [Partial<RoomInfo>, object?]> = {
  moderator: [{ moderator: true }],
  moderation: [{ moderator: true }],
  muted: [{ sanction: sanction("mute") }, refused("muted")],
  banned: [{ sanction: sanction("ban") }, refused("banned")],
  announcements: [{ announcement_only: true }, refused("read_only")],
  closed: [
    { open: false, opens_at: new Date(Date.now() + 20 * 3_600_000).toISOString() },
    refused("room_closed"),
  ],
  slow: [{ slow_mode_seconds: 30 }],
};

const asked = (new URLSearchParams(location.search).get("case") ?? "").replace(/^room-/, "");
const [change, more]: [Partial<RoomInfo>, object?] = special[asked] ?? [{}];

const held: Held[] = [
  {
    id: "h1",
    client_id: "held-1",
    conversation_id: "lobby",
    body: "Tous mes livres à -50 % sur https://example.org/soldes",
    reason: "link",
    at: ago(2),
    author: null,
    state: "waiting",
    note: null,
  },
  {
    id: "h2",
    client_id: "held-2",
    conversation_id: "lobby",
    body: "Première annonce de la journée.",
    reason: "newcomer",
    at: ago(1),
    author: null,
    state: "rejected",
    note: "Une seule annonce par jour, merci.",
  },
];

function roomsState(): RoomsState {
  const life = {
    count: asked === "crowd" ? 10_000 : people.length + 1,
    inside: true,
    held: [],
    open: 0,
  };
  const first = conversation(
    "lobby",
    {
      kind: "room",
      name: "Le salon",
      room: { ...info, ...change },
      unread: 2,
      read_seq: 10,
      ...more,
    },
    lobby,
  );
  const second = conversation(
    "quiet",
    {
      kind: "room",
      name: "Coulisses des exposants",
      room: { ...info, slug: "coulisses" },
      unread: 12,
      mentions: 1,
      read_seq: 0,
    },
    [],
  );
  const rooms = asked === "one" ? [first] : [first, second];
  return {
    ...empty,
    conversations: rooms,
    threads: new Map([
      ["lobby", thread(asked === "quiet" ? [] : lobby)],
      ["quiet", thread([])],
    ]),
    rooms: new Map([
      ["lobby", { ...life, held: asked === "held" ? held : [], open: change.moderator ? 3 : 0 }],
      ["quiet", { ...life, count: 2 }],
    ]),
  };
}

const reports: Report[] = [
  {
    id: "r1",
    by: person("ines"),
    member: person("mei"),
    message: message("lobby", 12, says("mei"), 8, "Voici un propos qui n’a pas sa place ici."),
    context: [lobby[2], lobby[3], lobby[4]].flatMap((one) => one ?? []),
    reason: "C’est blessant.",
    created_at: ago(6),
    state: "open",
    conversation_id: "lobby",
    note: null,
    resolved_at: null,
    resolved_by: null,
  },
];

const moderation: Moderation = {
  async remove() {},
  async restore() {},
  sanction: async () => sanction("mute"),
  sanctions: async () => [{ ...sanction("mute"), member: person("paul") }],
  async lift() {},
  waiting: async () => ({
    reports,
    held: held.slice(0, 1).map((one) => ({ ...one, author: person("sofia") })),
  }),
  async resolve() {},
  async judge() {},
};

function crowd(): Present[] {
  const all: Present[] = [...people, me].map((one, index) => ({
    ...one,
    can_whisper: index !== 5,
    moderator: index === 0,
  }));
  if (asked !== "crowd") return all.sort((a, b) => a.name.localeCompare(b.name));
  return Array.from({ length: 10_000 }, (_, at) => {
    const like = all[at % all.length] as Present;
    return { ...like, id: `crowd-${at}`, name: `${like.name} ${at + 1}` };
  });
}

class GalleryRooms extends GalleryClient implements Rooms {
  declare state: RoomsState;
  readonly moderation = moderation;
  async load() {}
  enter() {}
  leave() {}
  async connected(_room: string, query = "", cursor = "0"): Promise<PresentPage> {
    const found = crowd().filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()));
    const end = Number(cursor) + 100;
    const items = found.slice(Number(cursor), end);
    return { items, next: end < found.length ? String(end) : null, count: found.length };
  }
  async logins(_room: string, prefix: string): Promise<MemberCard[]> {
    return people.filter(({ login }) => login.startsWith(prefix.toLowerCase())).slice(0, 8);
  }
  dismiss(one: Held) {
    const rooms = new Map(this.state.rooms);
    const life = rooms.get("lobby");
    if (life) rooms.set("lobby", { ...life, held: life.held.filter(({ id }) => id !== one.id) });
    this.change({ state: { ...this.state, rooms } as RoomsState });
  }
  async report() {}
  async group() {
    return conversation("c2", { kind: "group", name: "Café" }, []);
  }
  lastSaid() {
    const messages = this.state.threads.get("lobby")?.messages ?? [];
    return messages.findLast(({ author }) => author.id === me.id)?.sent_at ?? null;
  }
}

let made: GalleryRooms | null = null;
export function galleryRooms(client: GalleryClient): Rooms {
  made ??= Object.assign(new GalleryRooms({ state: roomsState(), status: client.status }), {
    me: client.me,
  });
  return made;
}
