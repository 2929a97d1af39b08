import type { Conversation, MemberCard, Message, State, Thread } from "#client";
import { ago, by, conversation, me, message, operator, people, person, thread } from "./people.ts";

const claire = by(person("claire"));
const mine = by(me);

const withClaire: Message[] = [
  message(
    "c1",
    1,
    claire,
    3000,
    "Bonjour Camille ! On s’est croisées hier à la table ronde sur les fonds de voyage.",
  ),
  message("c1", 2, mine, 2990, "Oui, bien sûr ! Votre intervention m’a beaucoup plu."),
  message("c1", 3, mine, 2989, "Vous parliez d’un catalogue en ligne, je crois ?"),
  message(
    "c1",
    4,
    claire,
    2880,
    "Tout est là : https://example.org/catalogue?rayon=voyage(atlas), avec les notices.",
  ),
  message("c1", 5, claire, 2879, "Prenez votre temps,\nil y en a 1 200."),
  message("c1", 6, mine, 200, "Merci ! J’ai tout lu dans le train", { edited_at: ago(199) }),
  message("c1", 7, mine, 199, "", { removed: { by: "author", at: ago(198), reason: null } }),
  message("c1", 8, mine, 120, "Seriez-vous libre demain vers 14 h, au stand B12 ?"),
  message("c1", 9, claire, 6, "Avec plaisir."),
  message(
    "c1",
    10,
    claire,
    5,
    "Je viendrai avec un exemplaire de l’atlas dont je parlais : c’est une reliure en demi-chagrin, un peu fragile, mais il faut la voir.",
    { reply_to: "c1.8" },
  ),
  message("c1", 11, claire, 3, "À demain !"),
];

const happened = (
  seq: number,
  minutes: number,
  who: MemberCard,
  system: Omit<NonNullable<Message["system"]>, "by">,
): Message =>
  message("c2", seq, { kind: "system", id: who.id, name: who.name }, minutes, "It happened.", {
    system: { by: who, ...system },
  });

const group: Message[] = [
  happened(1, 70, me, { event: "group_created", name: "Lecture" }),
  happened(2, 70, me, {
    event: "members_added",
    members: ["youssef", "mei", "claire"].map(person),
  }),
  message("c2", 3, by(person("youssef")), 60, "Qui s’occupe de la lecture de samedi ?"),
  message("c2", 4, by(person("claire")), 55, "Moi !"),
  message("c2", 5, by(person("claire")), 54, "J’apporte les planches originales."),
  happened(6, 50, person("youssef"), { event: "renamed", name: "Lecture de samedi" }),
  happened(7, 49, person("youssef"), { event: "picture_changed" }),
  happened(8, 48, me, { event: "admin_made", members: [person("mei")] }),
  happened(9, 47, person("tom"), { event: "member_left" }),
  message("c2", 10, mine, 40, "Parfait, je réserve la salle."),
  message("c2", 11, by(person("youssef")), 12, "Merci à toutes les deux"),
];

const office: Message[] = [
  message("c3", 1, mine, 1500, "Bonjour, où retirer mon badge ?"),
  message(
    "c3",
    2,
    operator,
    1450,
    "Bonjour Camille, à l’accueil du hall A, dès 9 h. Bonne visite !",
  ),
];

const single = (
  id: string,
  login: string,
  minutes: number,
  body: string,
  more: Partial<Conversation> = {},
) =>
  conversation(id, { peer: person(login), ...more }, [
    message(id, 1, by(person(login)), minutes, body),
  ]);

const conversations: Conversation[] = [
  conversation(
    "c1",
    { peer: person("claire"), unread: 3, read_seq: 8, peer_read_seq: 8 },
    withClaire,
  ),
  conversation(
    "c2",
    {
      kind: "group",
      name: "Lecture de samedi",
      participants: 8,
      my_role: "admin",
      history: "from_joining",
      muted: true,
    },
    group,
  ),
  single("c4", "tom", 40, "The new specimen is printed. Shall I keep one for you?", {
    unread: 1,
    read_seq: 0,
  }),
  single("c5", "ines", 400, "Obrigada !"),
  conversation("c3", { kind: "organizer", peer_read_seq: 1 }, office),
  single(
    "c6",
    "paul",
    1600,
    "Je vous confirme la visite des réserves jeudi prochain, à dix heures précises.",
    {
      can_write: false,
      cannot_write: { code: "rule_denied", detail: "Refused." } as Conversation["cannot_write"],
    },
  ),
  single("c8", "arjun", 500000, "Happy new year!", { marked_unread: true }),
  single("c7", "sofia", 9000, "Ci vediamo!", {
    blocked: true,
    can_write: false,
    cannot_write: { code: "blocked_by_you", detail: "" } as Conversation["cannot_write"],
  }),
];

export const empty: State = {
  me: me.id,
  conversations: [],
  loaded: true,
  unknown: new Set(),
  left: new Set(),
  nextConversations: null,
  oldestFirst: false,
  threads: new Map(),
  connected: new Set(people.filter((one) => one.connected).map(({ id }) => id)),
  unread: 0,
  requests: { received: null, sent: null },
  blocks: null,
};

const threads = new Map<string, Thread>([
  [
    "c1",
    thread(withClaire, {
      typing: [{ memberId: "member-claire", name: "Claire Delmas", until: Date.now() + 1e9 }],
    }),
  ],
  ["c2", thread(group)],
  ["c3", thread(office)],
  ...conversations
    .slice(2)
    .flatMap((one): [string, Thread][] =>
      one.last_message && one.kind === "direct" ? [[one.id, thread([one.last_message])]] : [],
    ),
]);

export const full: State = { ...empty, conversations, threads, unread: 4 };

const late = { conversationId: "c1", replyTo: null, createdAt: ago(0) };
export const failing: State = {
  ...full,
  threads: new Map(threads).set(
    "c1",
    thread(withClaire, {
      pending: [
        {
          ...late,
          clientId: "p1",
          body: "Ce message n’est pas parti.",
          state: "failed",
          problem: { code: "rate_limited", detail: "" },
        },
        {
          ...late,
          clientId: "p2",
          body: "Et celui-ci est en route.",
          state: "sending",
          problem: null,
        },
      ],
    }),
  ),
};

type System = NonNullable<Message["system"]>;
const callLine = (seq: number, minutes: number, call: System["call"]): Message =>
  message("c1", seq, { kind: "system", id: claire.id, name: claire.name }, minutes, "A call.", {
    system: { by: person("claire"), event: "call", ...(call && { call }) },
  });
/** A call that was had, and one that was missed. */
export const missed: State = {
  ...full,
  threads: new Map(threads).set(
    "c1",
    thread([
      ...withClaire,
      callLine(12, 2, { media: "voice", outcome: "ended", seconds: 754 }),
      callLine(13, 1, { media: "video", outcome: "missed", seconds: 0 }),
    ]),
  ),
};

const many = Array.from({ length: 400 }, (_, index) =>
  message(
    "c1",
    index + 1,
    index % 7 < 4 ? claire : mine,
    4000 - index * 9,
    `Message ${index + 1}. ${"Un peu de texte. ".repeat((index * 7) % 9)}`,
  ),
);
/** A long history that is loaded page by page. */
export const history = (from: number): State => ({
  ...full,
  conversations: conversations.map((one) =>
    one.id === "c1"
      ? conversation("c1", { peer: person("claire"), peer_read_seq: 400 }, many)
      : one,
  ),
  threads: new Map(threads).set("c1", thread(many.slice(from), { hasOlder: from > 0 })),
});
