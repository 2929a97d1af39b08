import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "../../../ui/src/avatar/avatar.ts";
import { define } from "../../../ui/src/define.ts";
import { icon } from "../shell/icons.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { Held, Report, Sanction } from "../wire.ts";
import "./filters.ts";

const TABS = ["reports", "held", "sanctions", "filters"] as const;

/** What waits for a decision, and what was decided. */
export class AdminModeration extends Screen {
  static override properties: PropertyDeclarations = {};
  private last = "";
  private readonly reports = new Loaded<Report[]>(this, () =>
    this.api.all("/moderation/reports", { state: this.place.query.get("state") ?? "open" }),
  );
  private readonly held = new Loaded<Held[]>(this, () => this.api.all("/moderation/held"));
  private readonly sanctions = new Loaded<Sanction[]>(this, () =>
    this.api.all("/moderation/sanctions", { ended: this.place.query.has("ended") }),
  );

  protected override begin(): void {
    const again = () => void this.load();
    this.until(
      this.desk.live.on(
        (event) => /report|held|moderation|sanction/.test(event.type) && again(),
        again,
      ),
    );
    this.every(30_000, again);
  }

  private get tab(): (typeof TABS)[number] {
    return TABS.find((one) => one === this.place.rest[0]) ?? "reports";
  }

  protected override willUpdate(changed: PropertyValues): void {
    const now = `${this.tab}?${this.place.query}`;
    if (!changed.has("place") || now === this.last) return;
    this.last = now;
    void this.load();
  }

  private async load(): Promise<void> {
    const { tab } = this;
    if (tab !== "filters") await this[tab].load();
  }

  override render() {
    const tabs = TABS.filter((one) => one !== "filters" || this.desk.may("admin"));
    return html`${this.head(this.t("nav.moderation"), nothing, this.t("moderation.hint"))}
      <nav class="tabs" aria-label=${this.t("nav.moderation")}>${tabs.map(
        (one) => html`<a
        href=${this.desk.link("moderation", one === "reports" ? [] : [one])} aria-current=${
          one === this.tab ? "page" : nothing
        }>${this.t(`moderation.tab.${one}`)}</a>`,
      )}</nav>
      ${this.panel()}`;
  }

  private panel() {
    switch (this.tab) {
      case "reports":
        return html`${this.switch("state", "resolved", "moderation.resolved.show")}${this.when(
          this.reports,
          (all) => this.list(all, (one) => this.report(one), "moderation.reports.none"),
        )}`;
      case "held":
        return this.when(this.held, (all) =>
          this.list(all, (one) => this.heldBack(one), "moderation.held.none"),
        );
      case "sanctions":
        return html`${this.switch("ended", "true", "moderation.ended.show")}${this.when(
          this.sanctions,
          (all) => this.list(all, (one) => this.sanction(one), "moderation.sanctions.none"),
        )}`;
      default:
        return html`<admin-word-filters .desk=${this.desk}></admin-word-filters>`;
    }
  }

  private switch(
    name: string,
    value: string,
    label: "moderation.resolved.show" | "moderation.ended.show",
  ) {
    const on = this.place.query.get(name) === value;
    return html`<label class="check small" style="margin-block-end:10px"><input type="checkbox" .checked=${on}
      @change=${() => this.desk.router.adjust(new URLSearchParams(on ? {} : { [name]: value }))} /><span
        >${this.t(label)}</span></label>`;
  }

  private list<T extends { id: string }>(
    all: T[],
    item: (one: T) => unknown,
    none: "moderation.reports.none" | "moderation.held.none" | "moderation.sanctions.none",
  ) {
    if (all.length === 0)
      return html`<div class="card empty">${icon("check")}<h2>${this.t(none)}</h2></div>`;
    return html`<ul class="card list">${repeat(all, ({ id }) => id, item)}</ul>`;
  }

  private face(member: { id: string; name: string; avatar_url?: string | null }) {
    return html`<parvis-avatar style="--size:40px" .name=${member.name} .seed=${member.id}
      .src=${member.avatar_url ?? null}></parvis-avatar>`;
  }

  private report(one: Report) {
    const when = this.desk.i18n.moment(one.created_at);
    return html`<li style="align-items:flex-start">${this.face(one.member)}<div class="grow"><a class="name"
      href=${this.desk.link("members", [one.member.id, "sanctions"])}>${one.member.name}</a> <span class="chip bad"
        >${this.desk.i18n.find(`moderation.why.${one.reason}`) ?? one.reason}</span>
      <p class="muted small">${this.t("moderation.reported", { name: one.by.name, when })}</p>
      ${one.note ? html`<p>« ${one.note} »</p>` : nothing}
      ${
        one.context.length > 0
          ? html`<details><summary>${this.t("moderation.context")}</summary><ol class="stack"
        style="gap:4px;margin-block-start:8px">${one.context.map(
          (message) => html`<li class="small"><b
          >${message.author.name}</b> ${
            message.removed
              ? html`<i class="muted">${this.t("conversations.removed")}</i>`
              : message.body
          }</li>`,
        )}</ol></details>`
          : nothing
      }
      ${
        one.message
          ? html`<blockquote
        style="margin:8px 0 0;padding:8px 14px;border-inline-start:3px solid var(--p-line)">${
          one.message.removed
            ? html`<i class="muted">${this.t("conversations.removed")}</i>`
            : one.message.body
        }</blockquote>`
          : nothing
      }</div>
      ${
        one.state === "open"
          ? html`<div class="stack" style="gap:6px">${
              one.message && !one.message.removed
                ? html`<button type="button"
            class="button small danger" @click=${() => this.take(one)}>${this.t("moderation.remove")}</button>`
                : nothing
            }
        <button type="button" class="button small soft" @click=${() =>
          this.decide(this.reports, one, "resolve", "moderation.resolved")}
            >${this.t("moderation.resolve")}</button></div>`
          : html`<span class="muted small">${one.resolved_by}</span>`
      }</li>`;
  }

  private async take(one: Report): Promise<void> {
    const { message } = one;
    if (!message) return;
    const reason = encodeURIComponent(
      this.desk.i18n.find(`moderation.why.${one.reason}`) ?? one.reason,
    );
    const done = await this.desk.try(() =>
      this.api.remove(
        `/conversations/${message.conversation_id}/messages/${message.id}?reason=${reason}`,
      ),
    );
    if (done) await this.decide(this.reports, one, "resolve", "moderation.removed");
  }

  /** What is decided leaves the list at once; the list asked for then says what it has become. */
  private async decide<T extends { id: string }>(
    among: Loaded<T[]>,
    { id }: T,
    verdict: "resolve" | "approve" | "reject",
    done:
      | "moderation.resolved"
      | "moderation.removed"
      | "moderation.approved"
      | "moderation.rejected",
  ): Promise<void> {
    const kind = verdict === "resolve" ? "reports" : "held";
    const path = `/moderation/${kind}/${id}/${verdict}`;
    if (!(await this.desk.try(() => this.api.post(path), this.t(done)))) return;
    among.set((among.value ?? []).filter((one) => one.id !== id));
    await this.load();
  }

  private heldBack(one: Held) {
    return html`<li style="align-items:flex-start">${one.author ? this.face(one.author) : nothing}<div class="grow"><b
      >${one.author?.name}</b> <span class="chip warn">${this.t(`moderation.held.${one.reason}`)}</span><p
        style="white-space:pre-wrap">${one.body}</p><p class="muted small">${this.desk.i18n.moment(one.at)}</p></div>
      <button type="button" class="button small soft" @click=${() => this.decide(this.held, one, "approve", "moderation.approved")}
        >${this.t("moderation.approve")}</button>
      <button type="button" class="button small danger" @click=${() =>
        this.decide(
          this.held,
          one,
          "reject",
          "moderation.rejected",
        )}>${this.t("moderation.reject")}</button></li>`;
  }

  private sanction(one: Sanction) {
    const { i18n } = this.desk;
    const over = one.lifted_at || (one.until && Date.parse(one.until) < Date.now());
    return html`<li>${this.face(one.member)}<div class="grow"><a class="name"
      href=${this.desk.link("members", [one.member.id, "sanctions"])}>${one.member.name}</a> <span class="chip ${
        over ? "" : "bad"
      }">${this.t(`moderation.${one.kind}`)}</span>
      <p>${one.reason}</p><p class="muted small"
        >${this.t("moderation.by", { name: one.by.name, when: i18n.moment(one.created_at) })}${
          one.until ? ` · ${this.t("moderation.until", { when: i18n.moment(one.until) })}` : ""
        }</p></div>
      ${
        over
          ? html`<span class="muted small">${this.t("moderation.ended")}</span>`
          : html`<button type="button"
        class="button small soft" @click=${() => this.lift(one)}>${this.t("moderation.lift")}</button>`
      }</li>`;
  }

  private async lift(one: Sanction): Promise<void> {
    if (
      await this.desk.try(
        () => this.api.remove(`/moderation/sanctions/${one.id}`),
        this.t("moderation.lifted"),
      )
    )
      await this.sanctions.load();
  }
}

define("admin-moderation", AdminModeration);
