import {
  type GroupDraft,
  type GroupPatch,
  type Groups,
  type MemberCard,
  type Page,
  type Participant,
  Problem,
  type Role,
} from "#client";
import type { GalleryClient } from "./client.ts";
import { ago, me, people } from "./people.ts";

const card = (one: MemberCard & { connected?: boolean }, index: number): Participant => ({
  member: one,
  role: index < 2 ? "admin" : "member",
  joined_at: ago(9000),
  read_seq: 1,
  connected: one.connected ?? true,
});

let inside: Participant[] = [me as MemberCard, ...people.slice(0, 7)].map(card);

/** Groups that can be tried by hand. For the gallery alone. */
export class GalleryGroups implements Groups {
  readonly #client: GalleryClient;

  constructor(client: GalleryClient) {
    this.#client = client;
  }

  async create({ name, members }: GroupDraft) {
    const like = this.#client.state.conversations.find(({ kind }) => kind === "group");
    if (!like || name === "refus")
      throw new Problem({ code: "rule_denied", status: 403, members: members.slice(0, 1) });
    const { state } = this.#client;
    const made = { ...like, id: "made", name, participants: members.length + 1 };
    const conversations = [made, ...state.conversations];
    const threads = new Map(state.threads);
    const begun = threads.get(like.id);
    if (begun) threads.set("made", begun);
    this.#client.change({ state: { ...state, conversations, threads } });
    return made;
  }
  async upload(file: Blob) {
    if (!file.type.startsWith("image/"))
      throw new Problem({
        code: "unsupported_media",
        status: 415,
        detail: "Ce fichier n’est pas une image.",
      });
    return { id: "picture", url: people[0]?.avatar_url ?? "" };
  }
  async change(id: string, { name, picture }: GroupPatch) {
    this.#client.patch(id, {
      ...(name ? { name } : {}),
      ...(picture === null ? { picture_url: null } : {}),
      ...(picture ? { picture_url: people[0]?.avatar_url ?? null } : {}),
    });
  }
  async participants(): Promise<Page<Participant>> {
    return { items: inside, next: null };
  }
  async add(id: string, member: string) {
    const found = people.find((one) => one.id === member);
    if (!found) throw new Problem({ code: "not_found", status: 404 });
    const one = card(found, 9);
    inside = [...inside, one];
    this.#client.patch(id, { participants: inside.length });
    return one;
  }
  async setRole(id: string, member: string, role: Role) {
    inside = inside.map((one) => (one.member.id === member ? { ...one, role } : one));
    this.#client.patch(id, {});
    return inside[0] as Participant;
  }
  async take(id: string, member: string) {
    inside = inside.filter((one) => one.member.id !== member);
    this.#client.patch(id, { participants: inside.length });
  }
  async leave(id: string) {
    await this.#client.remove(id);
  }
  async readers() {
    return people.slice(1, 5);
  }
}
