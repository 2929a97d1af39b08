import type { MemberCard } from "#client";
import type { Context } from "../context.ts";
import { why } from "./why.ts";

/** Adds one after the other; those who could not be added stay, with the reason for the first of them. */
export async function adding(
  { client, i18n }: Context,
  group: string,
  wanted: readonly MemberCard[],
): Promise<{ done: number; left: readonly MemberCard[]; error: string | null }> {
  const left: MemberCard[] = [];
  let first: unknown;
  for (const one of wanted) {
    try {
      await (await client.groups()).add(group, one.id);
    } catch (error) {
      if (left.length === 0) first = error;
      left.push(one);
    }
  }
  const names = i18n.list(left.map(({ name }) => name));
  const error = names ? i18n.t("groups.refused", { names, why: why(first, i18n) }) : null;
  return { done: wanted.length - left.length, left, error };
}
