// What is asked of the server about rooms: names and paths, nothing else.
import type { Call } from "../http.ts";
import type { Conversation, MemberCard, Page } from "../wire.ts";
import type { Moderation, Penalty, ReportSubject } from "./types.ts";
import type { Held, PresentPage, Report, Sanction } from "./wire.ts";

const path = encodeURIComponent;
const at = (room: string) => `/conversations/${path(room)}`;

type Ask = <T>(where: string, call?: Call) => Promise<T>;

export class RoomCalls implements Moderation {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  rooms(): Promise<Page<Conversation>> {
    return this.#ask("/rooms");
  }

  connected(
    room: string,
    query: string | undefined,
    cursor: string | undefined,
    limit: number,
  ): Promise<PresentPage> {
    return this.#ask(`${at(room)}/connected`, { query: { query, cursor, limit } });
  }

  async logins(room: string, prefix: string): Promise<MemberCard[]> {
    const query = { prefix };
    return (await this.#ask<{ items: MemberCard[] }>(`${at(room)}/logins`, { query })).items;
  }

  async held(room: string): Promise<Held[]> {
    return (await this.#ask<{ items: Held[] }>(`${at(room)}/held`)).items;
  }

  async report(what: ReportSubject, reason: string): Promise<void> {
    await this.#ask("/reports", { method: "POST", body: { ...what, reason } });
  }

  group(name: string, members: readonly string[]): Promise<Conversation> {
    const body = { kind: "group", name, members };
    return this.#ask("/conversations", { method: "POST", body });
  }

  async remove(room: string, message: string, reason?: string): Promise<void> {
    const where = `${at(room)}/messages/${path(message)}`;
    await this.#ask(where, { method: "DELETE", query: { reason: reason || undefined } });
  }

  async restore(room: string, message: string): Promise<void> {
    await this.#ask(`${at(room)}/messages/${path(message)}/restore`, { method: "POST" });
  }

  sanction(room: string, penalty: Penalty): Promise<Sanction> {
    return this.#ask(`${at(room)}/sanctions`, { method: "POST", body: penalty });
  }

  async sanctions(room: string): Promise<Sanction[]> {
    return (await this.#ask<{ items: Sanction[] }>(`${at(room)}/sanctions`)).items;
  }

  async lift(room: string, sanction: string): Promise<void> {
    await this.#ask(`${at(room)}/sanctions/${path(sanction)}`, { method: "DELETE" });
  }

  waiting(room: string): Promise<{ reports: Report[]; held: Held[] }> {
    return this.#ask(`${at(room)}/moderation`);
  }

  async resolve(room: string, report: string, note?: string): Promise<void> {
    const where = `${at(room)}/moderation/reports/${path(report)}/resolve`;
    await this.#ask(where, { method: "POST", body: note ? { note } : {} });
  }

  async judge(
    room: string,
    held: string,
    verdict: "approve" | "reject",
    note?: string,
  ): Promise<void> {
    const where = `${at(room)}/moderation/held/${path(held)}/${verdict}`;
    await this.#ask(where, { method: "POST", body: note ? { note } : {} });
  }
}
