import { html, nothing, type PropertyDeclarations } from "lit";
import "../../../ui/src/avatar/avatar.ts";
import { define } from "../../../ui/src/define.ts";
import { type IconName, icon } from "../shell/icons.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { GridMember, List, Overview } from "../wire.ts";
import { chart } from "./chart.ts";

/** How the site is doing, at a glance. */
export class AdminOverview extends Screen {
  static override properties: PropertyDeclarations = {};
  private readonly figures = new Loaded<Overview>(this, () => this.api.get("/overview"));
  private readonly here = new Loaded<List<GridMember>>(this, () =>
    this.api.get("/members", { connected: true, limit: 24 }),
  );

  protected override begin(): void {
    void this.figures.load();
    void this.here.load();
    this.every(20_000, () => {
      void this.figures.load();
      void this.here.load();
    });
  }

  override render() {
    const { name } = this.desk.operator;
    return html`${this.head(this.t("overview.hello", { name: name.split(" ")[0] ?? name }), nothing, this.desk.session?.site.name)}
      ${this.when(this.figures, (figures) => this.shownFigures(figures))}`;
  }

  private shownFigures(figures: Overview) {
    const { i18n } = this.desk;
    const days = figures.days.map(({ day }) => i18n.day(`${day.slice(0, 10)}T12:00:00`));
    const words = {
      table: this.t("overview.table"),
      day: this.t("overview.day"),
      days,
      nothing: this.t("overview.nothing"),
      number: (n: number) => i18n.number(n),
    };
    const values = (name: "messages" | "active" | "organizer_messages") =>
      figures.days.map((one) => one[name]);
    return html`<div class="figures">
        ${this.figure("people", i18n.number(figures.connected), "overview.connected", this.desk.link("members", [], { connected: "true" }), true)}
        ${this.figure("inbox", i18n.number(figures.waiting_conversations), "overview.waiting", this.desk.link("messages"))}
        ${this.figure("chat", i18n.number(figures.messages_today), "overview.messages")}
        ${this.figure("clock", this.minutes(figures.response_minutes), "overview.response")}
        ${
          figures.open_reports > 0
            ? this.figure(
                "shield",
                i18n.number(figures.open_reports),
                "overview.reports",
                this.desk.link("moderation"),
              )
            : nothing
        }</div>
      ${this.faces()}
      <section class="card"><h2>${this.t("overview.talk")}</h2>${chart(
        [
          {
            label: this.t("overview.series.messages"),
            tone: "var(--p-accent)",
            kind: "bar",
            values: values("messages"),
          },
          {
            label: this.t("overview.series.active"),
            tone: "var(--p-online)",
            kind: "line",
            values: values("active"),
          },
        ],
        { ...words, title: this.t("overview.talk") },
      )}</section>
      <section class="card"><h2>${this.t("overview.organizers")}</h2
        >${chart([{ label: this.t("overview.series.organizers"), tone: "var(--p-accent-text)", kind: "line", values: values("organizer_messages") }], { ...words, title: this.t("overview.organizers") })}</section>
      <p class="muted small">${i18n.plural("members.count", figures.members)} · ${i18n.plural("overview.active", figures.active_today)}</p>`;
  }

  private figure(
    name: IconName,
    value: string,
    label: Parameters<typeof this.t>[0],
    href?: string,
    live = false,
  ) {
    const inside = html`${icon(name)}<b>${value}</b><span>${this.t(label)}</span>`;
    const look = `card figure ${live ? "live" : ""}`;
    return href
      ? html`<a class=${look} href=${href}>${inside}</a>`
      : html`<div class=${look}>${inside}</div>`;
  }

  private minutes(minutes: number | null): string {
    if (minutes === null) return "—";
    const { i18n } = this.desk;
    if (minutes < 90) return this.t("overview.minutes", { n: i18n.number(Math.round(minutes)) });
    if (minutes < 2_880)
      return this.t("overview.hours", { n: i18n.number(Math.round(minutes / 60)) });
    return this.t("overview.days", { n: i18n.number(Math.round(minutes / 1_440)) });
  }

  /** People rather than a number, as far as they fit. */
  private faces() {
    const items = this.here.value?.items ?? [];
    if (items.length === 0) return nothing;
    return html`<section class="card"><h2>${this.t("overview.here")}</h2><div class="faces">${items.map(
      (one) => html`<a
      href=${this.desk.link("members", [one.id])}><parvis-avatar style="--size:44px" .name=${one.name} .seed=${one.id}
        .src=${one.avatar_url ?? null} online></parvis-avatar><span class="clip">${one.name}</span></a>`,
    )}</div
          ></section>`;
  }
}

define("admin-overview", AdminOverview);
