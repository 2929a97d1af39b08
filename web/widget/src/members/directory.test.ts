import type { ReactiveController, ReactiveControllerHost } from "lit";
import { describe, expect, test } from "vitest";
import { type Client, type MemberQuery, type MemberWithRelation, Problem } from "#client";
import { Directory, type Seen } from "./directory.ts";

/** A site's members, asked as the server is asked: by cursors that mean "after this one". */
class Site {
  members: MemberWithRelation[];
  asked: (string | undefined)[] = [];

  constructor(count: number) {
    this.members = Array.from({ length: count }, (_, n) => person(n));
  }

  async page({ cursor, contact, limit = 50 }: MemberQuery) {
    this.asked.push(cursor);
    const all = this.members.filter(({ relation }) => !contact || relation.contact === contact);
    const from = cursor === undefined ? 0 : all.findIndex(({ id }) => id > cursor);
    const items = from < 0 ? [] : all.slice(from, from + limit);
    const last = items.at(-1);
    const more = last !== undefined && last !== all.at(-1);
    return { items, next: more ? last.id : null };
  }

  async member(id: string) {
    const found = this.members.find((one) => one.id === id);
    if (!found) throw new Problem({ code: "not_found", status: 404 });
    return found;
  }
}

function person(n: number, contact = "none"): MemberWithRelation {
  const id = String(n).padStart(5, "0");
  return { id, login: id, name: `Member ${n}`, relation: { contact } } as MemberWithRelation;
}

/** A directory of a site, as an element with this much in view would hold it. */
function directoryOf(site: Site, seen: Seen = { from: 0, to: 20 }) {
  const view = { ...seen };
  const host = {
    addController(_: ReactiveController) {},
    requestUpdate() {},
  } as unknown as ReactiveControllerHost;
  const client = {
    members: (query: MemberQuery) => site.page(query),
    member: (id: string) => site.member(id),
    addEventListener() {},
    removeEventListener() {},
  } as unknown as Client;
  const directory = new Directory(
    host,
    () => client,
    () => view,
  );
  return { directory, view };
}

const ids = (directory: Directory) => directory.people.map(({ id }) => id);

describe("a directory", () => {
  test("grows page by page to its end, each member once", async () => {
    const site = new Site(150);
    const { directory } = directoryOf(site);
    await directory.load({});
    expect(directory.people).toHaveLength(60);
    while (directory.hasMore) await directory.more();
    expect(ids(directory)).toEqual(site.members.map(({ id }) => id));
    await directory.more();
    expect(site.asked).toHaveLength(3);
  });

  test("asked again where one looks, keeps what stands before; that comes when one gets there", async () => {
    const site = new Site(300);
    const { directory, view } = directoryOf(site);
    await directory.load({});
    while (directory.hasMore) await directory.more();
    Object.assign(view, { from: 130, to: 150 });
    site.members = site.members.filter((_, n) => n !== 10 && n !== 140);
    site.asked = [];
    await directory.refresh();
    expect(site.asked).toEqual(["00119"]);
    expect(ids(directory)).toContain("00010");
    expect(ids(directory)).not.toContain("00140");
    expect(directory.people[130]?.id).toBe("00130");
    // Scrolled up, the beginning is asked for again.
    Object.assign(view, { from: 0, to: 20 });
    directory.hostUpdated();
    await expect.poll(() => ids(directory).includes("00010")).toBe(false);
    while (directory.hasMore) await directory.more();
    expect(ids(directory)).toEqual(site.members.map(({ id }) => id));
  });

  test("where more may be seen than before, they take their places, each once", async () => {
    const site = new Site(200);
    const hidden = site.members.splice(20, 100);
    const { directory } = directoryOf(site, { from: 0, to: 80 });
    await directory.load({});
    while (directory.hasMore) await directory.more();
    site.members.splice(20, 0, ...hidden);
    await directory.refresh();
    expect(directory.people[25]?.id).toBe("00025");
    while (directory.hasMore) await directory.more();
    expect(ids(directory)).toEqual(site.members.map(({ id }) => id));
  });

  test("one of them changes in place, and goes when they may not be seen any more", async () => {
    const site = new Site(30);
    const { directory } = directoryOf(site);
    await directory.load({});
    site.members[3] = person(3, "accepted");
    await directory.renew("00003");
    expect(directory.people[3]?.relation.contact).toBe("accepted");
    site.members.splice(3, 1);
    await directory.renew("00003");
    expect(directory.people).toHaveLength(29);
    expect(ids(directory)).not.toContain("00003");
  });

  test("of contacts, follows who becomes one and who ceases to be", async () => {
    const site = new Site(30);
    site.members[5] = person(5, "accepted");
    const { directory } = directoryOf(site);
    await directory.load({ contact: "accepted" });
    expect(ids(directory)).toEqual(["00005"]);
    site.members[2] = person(2, "accepted");
    await directory.renew("00002");
    expect(ids(directory)).toEqual(["00002", "00005"]);
    site.members[5] = person(5);
    await directory.renew("00005");
    expect(ids(directory)).toEqual(["00002"]);
  });

  test("the last question asked wins", async () => {
    const site = new Site(30);
    site.members[5] = person(5, "accepted");
    const { directory } = directoryOf(site);
    await Promise.all([directory.load({}), directory.load({ contact: "accepted" })]);
    expect(ids(directory)).toEqual(["00005"]);
    expect(directory.state).toBe("done");
  });
});
