import { html, nothing } from "lit";
import type { I18n } from "../i18n/i18n.ts";
import type { GridMember, Population } from "../wire.ts";

export const COLUMNS = [
  "login",
  "populations",
  "badges",
  "connected",
  "last_seen",
  "email",
  "interests",
  "contactable",
  "chat_enabled",
  "sanctions",
  "headline",
  "external_id",
  "locale",
  "created_at",
] as const;
export type Column = (typeof COLUMNS)[number];
export const DEFAULT_COLUMNS: readonly Column[] = [
  "login",
  "populations",
  "badges",
  "connected",
  "last_seen",
];
/** The columns that the server can sort by. */
export const SORTABLE: Partial<Record<Column | "name", string>> = {
  name: "name",
  login: "login",
  last_seen: "last_seen",
  created_at: "created_at",
};

/** The least width of a column, and whether it takes of what is left. */
const WIDTHS: Partial<Record<Column, number>> = {
  login: 140,
  connected: 124,
  last_seen: 116,
  contactable: 116,
  chat_enabled: 100,
  locale: 100,
  created_at: 170,
  external_id: 150,
  sanctions: 120,
};
const NAME = 214;
const BOX = 52;
/** Populations, badges and whatever is of any length. */
const OTHER = 132;

/** For the grid's `--columns`: the box, the name, what was chosen. All rows share them, whatever they hold. */
export function template(columns: readonly Column[]): { columns: string; least: number } {
  const widths = columns.map((column) => WIDTHS[column] ?? OTHER);
  return {
    columns: [
      `${BOX}px`,
      `minmax(${NAME}px, 1.4fr)`,
      ...widths.map(
        (width, at) => `minmax(${width}px, ${WIDTHS[columns[at] as Column] ? 0.6 : 1}fr)`,
      ),
    ].join(" "),
    least: widths.reduce((sum, width) => sum + width, BOX + NAME),
  };
}

interface Surroundings {
  i18n: I18n;
  populations: readonly Population[];
}

/** One cell, in words. */
export function cell(column: Column, member: GridMember, { i18n, populations }: Surroundings) {
  const { t } = i18n;
  switch (column) {
    case "populations":
      return chips(
        member.populations.map(
          (slug) => populations.find((one) => one.slug === slug)?.name ?? slug,
        ),
      );
    case "badges":
      return chips(member.badges);
    case "interests":
      return Object.keys(member.interests).join(", ");
    case "connected":
      return member.connected ? html`<i class="dot"></i>${t("members.active")}` : nothing;
    case "last_seen":
      return member.last_seen_at
        ? i18n.dates.brief(member.last_seen_at, Date.now())
        : html`<span class="muted">${t("members.seen.never")}</span>`;
    case "created_at":
      return member.created_at ? i18n.moment(member.created_at) : nothing;
    case "contactable":
    case "chat_enabled":
      return t(member[column] ? "yes" : "no");
    case "sanctions":
      return (member.sanctions ?? []).map(
        (kind) => html`<span class="chip bad">${t(`moderation.${kind}`)}</span> `,
      );
    default:
      return member[column] ?? nothing;
  }
}

function chips(words: readonly string[]) {
  return words.map((word) => html`<span class="chip">${word}</span> `);
}
