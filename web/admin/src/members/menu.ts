import type { Query } from "../shell/api.ts";
import type { Desk } from "../shell/desk.ts";
import type { Part } from "../shell/menu.ts";
import type { Audience, BulkDo } from "../wire.ts";

/** Whom something is done to. */
export interface Target {
  audience: Audience;
  count: number;
  /** The view as a query, where the target is the view. */
  query?: Query;
}

interface Doings {
  message(target: Target): void;
  bulk(target: Target, what: BulkDo): void;
  export(target: Target): void;
}

/** Two parts: the selection, and everybody in the current view. */
export function bulkMenu(
  desk: Desk,
  selection: Target | null,
  view: Target,
  doings: Doings,
): Part[] {
  const { t, number } = { t: desk.i18n.t, number: (n: number) => desk.i18n.number(n) };
  const part = (heading: string, message: string, target: Target | null): Part => {
    const disabled = !target || target.count === 0;
    const run = (work: (target: Target) => void) => () => target && work(target);
    const bulk = (what: BulkDo) => run((one) => doings.bulk(one, what));
    return {
      heading,
      hint: disabled ? t("members.menu.nobody") : number(target?.count ?? 0),
      choices: [
        { label: message, icon: "send", disabled, run: run((one) => doings.message(one)) },
        {
          label: t("members.do.add_population"),
          icon: "people",
          disabled,
          run: bulk("add_population"),
        },
        {
          label: t("members.do.remove_population"),
          icon: "minus",
          disabled,
          run: bulk("remove_population"),
        },
        { label: t("members.do.add_badge"), icon: "badge", disabled, run: bulk("add_badge") },
        { label: t("members.do.remove_badge"), icon: "minus", disabled, run: bulk("remove_badge") },
        { label: t("members.do.enable_chat"), icon: "chat", disabled, run: bulk("enable_chat") },
        { label: t("members.do.disable_chat"), icon: "block", disabled, run: bulk("disable_chat") },
        {
          label: t("members.export"),
          icon: "download",
          disabled,
          run: run((one) => doings.export(one)),
        },
      ],
    };
  };
  return [
    part(t("members.menu.selection"), t("members.message.selection"), selection),
    part(t("members.menu.view"), t("members.message.view"), view),
  ];
}

export async function exportAudience(desk: Desk, target: Target, columns: string[]): Promise<void> {
  const shown = columns.map((one) => (one === "last_seen" ? "last_seen_at" : one));
  const names = [...new Set(["external_id", "login", "name", ...shown])];
  const { audience } = target;
  await desk.try(async () => {
    if ("members" in audience)
      return desk.api.download("/members/export", "members.csv", {
        body: { members: audience.members, columns: names },
      });
    const query = new URLSearchParams(
      Object.entries({ ...target.query, columns: names.join(",") })
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, String(value)]),
    );
    return desk.api.download(`/members/export?${query}`, "members.csv");
  }, desk.i18n.t("members.exported"));
}
