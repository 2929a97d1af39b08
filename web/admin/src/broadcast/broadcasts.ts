import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import "../../../ui/src/avatar/avatar.ts";
import { define } from "../../../ui/src/define.ts";
import { icon } from "../shell/icons.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { Audience, Broadcast, List, Message, Recipient } from "../wire.ts";
import "./compose.ts";

const STATES = ["", "waiting", "delivered", "read", "answered"] as const;

/** What was sent to many, and how it fared. */
export class AdminBroadcasts extends Screen {
  static override properties: PropertyDeclarations = {
    composing: { state: true },
  };
  private composing: Audience | null = null;
  private last = "";
  private readonly all = new Loaded<List<Broadcast>>(this, () =>
    this.api.get("/broadcasts", { limit: 100 }),
  );
  private readonly one = new Loaded<Broadcast>(this, () =>
    this.api.get(`/broadcasts/${this.place.rest[0]}`),
  );
  private readonly recipients = new Loaded<List<Recipient>>(this, () =>
    this.api.get(`/broadcasts/${this.place.rest[0]}/recipients`, {
      state: this.place.query.get("state") ?? undefined,
      limit: 100,
    }),
  );

  protected override begin(): void {
    this.until(
      this.desk.live.on((event) => {
        if (event.type.startsWith("broadcast.")) this.heard(event.broadcast as Broadcast);
        else if (event.type === "message.created") this.answered(event.message as Message);
      }),
    );
    this.every(10_000, () => this.again());
  }

  /** Somebody may have answered it: looked at soon, and once for many. */
  private answered(message: Message): void {
    if (message.author.kind !== "member" || !this.place.rest[0]) return;
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      if (this.isConnected) this.again();
    }, 1_500);
  }

  private soon: ReturnType<typeof setTimeout> | undefined;

  private again(): void {
    if (!this.place.rest[0]) return void this.all.load();
    void this.one.load();
    // Whoever went further down the list is left there.
    if ((this.recipients.value?.items.length ?? 0) <= 100) void this.recipients.load();
  }

  private heard(sent: Broadcast): void {
    const { value } = this.all;
    if (value)
      this.all.set({
        ...value,
        items: value.items.map((one) => (one.id === sent.id ? { ...one, ...sent } : one)),
      });
    if (this.one.value?.id === sent.id) this.one.set({ ...this.one.value, ...sent });
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("place")) return;
    const [id] = this.place.rest;
    const now = `${id}?${this.place.query}`;
    if (now === this.last) return;
    if (id !== this.last.split("?")[0]) this.one.value = undefined;
    this.last = now;
    if (!id) return void this.all.load();
    this.recipients.value = undefined;
    void this.one.load();
    void this.recipients.load();
  }

  override render() {
    const [id] = this.place.rest;
    return html`${id ? this.single() : this.list()}${
      this.composing
        ? html`<admin-compose .desk=${this.desk}
      .audience=${this.composing} @closing=${this.closed}></admin-compose>`
        : nothing
    }`;
  }

  private readonly closed = (): void => {
    this.composing = null;
    void this.all.load();
  };

  private list() {
    const to = html`<button type="button" class="button" @click=${() => {
      this.composing = { filter: {} };
    }}>${icon("plus")}${this.t("broadcast.everyone")}</button>`;
    return html`${this.head(this.t("nav.broadcasts"), to, this.t("broadcast.hint"))}
      ${this.when(this.all, ({ items }) =>
        items.length === 0
          ? html`<div class="card empty">${icon("broadcast")}<h2>${this.t("broadcast.none")}</h2><p
            >${this.t("broadcast.none.text")}</p><a class="button soft" href=${this.desk.link("members")}
            >${this.t("broadcast.choose")}</a></div>`
          : html`<ul class="card list">${items.map((one) => this.entry(one))}</ul>`,
      )}`;
  }

  private entry(one: Broadcast) {
    const { i18n } = this.desk;
    return html`<li class="pressable"><div class="grow"><a class="cover" href=${this.desk.link("broadcasts", [one.id])}
      ><span class="clip" style="display:block">${one.body}</span></a>
      <p class="muted small">${one.by.name} · ${i18n.moment(one.send_at ?? one.created_at)} · ${i18n.plural("broadcast.recipients", one.recipients)}</p>
      ${one.state === "sending" ? this.progress(one) : nothing}</div>
      ${this.stateOf(one)}
      ${
        one.state === "done"
          ? html`<span class="small muted numeric"
        >${this.t("broadcast.rate", { read: i18n.percent(one.read, one.recipients), answered: i18n.percent(one.answered, one.recipients) })}</span
          >`
          : nothing
      }</li>`;
  }

  private stateOf({ state }: Broadcast) {
    const tone = {
      scheduled: "accent",
      sending: "accent",
      sent: "good",
      done: "good",
      cancelled: "",
    }[state];
    return html`<span class="chip ${tone}">${this.t(`broadcast.state.${state}`)}</span>`;
  }

  private progress(one: Broadcast) {
    return html`<div class="progress" role="progressbar" aria-label=${this.t("broadcast.progress")}
      aria-valuenow=${one.delivered} aria-valuemin="0" aria-valuemax=${one.recipients} style="margin-block-start:8px"><i
        style=${`inline-size:${(100 * one.delivered) / Math.max(1, one.recipients)}%`}></i></div>`;
  }

  private single() {
    return this.when(this.one, (one) => {
      const { i18n } = this.desk;
      return html`<p><a class="link" href=${this.desk.link("broadcasts")}>${this.t("broadcast.back")}</a></p>
        ${this.head(this.t("broadcast.heading", { when: i18n.moment(one.send_at ?? one.created_at) }), this.doings(one), html`${this.stateOf(one)} ${one.by.name}`)}
        <section class="card stack"><p style="white-space:pre-wrap;overflow-wrap:anywhere">${one.body}</p>
          ${Object.entries(one.bodies ?? {}).map(
            ([lang, text]) => html`<details><summary>${lang.toUpperCase()}</summary
            ><p lang=${lang} style="white-space:pre-wrap">${text}</p></details>`,
          )}</section>
        ${
          one.state === "sending"
            ? html`<section class="card">${this.progress(one)}<p class="hint" role="status"
          >${this.t("broadcast.progress.text", { n: i18n.number(one.delivered), all: i18n.number(one.recipients) })}</p
            ></section>`
            : nothing
        }
        <div class="figures">${(["recipients", "delivered", "read", "answered"] as const).map(
          (name) => html`<div
          class="card figure"><b>${i18n.number(one[name])}</b><span
            >${this.t(`broadcast.figure.${name}`)}${
              name === "recipients" ? "" : ` · ${i18n.percent(one[name], one.recipients)}`
            }</span></div>`,
        )}</div>
        ${this.people()}`;
    });
  }

  private doings(one: Broadcast) {
    if (one.state === "scheduled" || one.state === "sending")
      return html`<button type="button" class="button danger" @click=${() => this.cancel(one)}
        >${this.t("broadcast.cancel")}</button>`;
    if (one.read >= one.recipients) return nothing;
    return html`<button type="button" class="button soft" @click=${() => {
      this.composing = { follow_up: one.id };
    }}>${icon("send")}${this.t("broadcast.again")}</button>`;
  }

  private async cancel(one: Broadcast): Promise<void> {
    const { t } = this;
    const yes = await this.desk.ask({
      title: t("broadcast.cancel.title"),
      text: t("broadcast.cancel.text"),
      yes: t("broadcast.cancel.yes"),
      no: t("back"),
    });
    if (!yes) return;
    await this.desk.try(
      () => this.api.post(`/broadcasts/${one.id}/cancel`),
      t("broadcast.cancelled"),
    );
    await this.one.load();
  }

  private people() {
    const state = this.place.query.get("state") ?? "";
    const id = this.place.rest[0] ?? "";
    return html`<nav class="tabs" aria-label=${this.t("broadcast.people")}>${STATES.map(
      (one) => html`<a
      href=${this.desk.link("broadcasts", [id], one ? { state: one } : {})} aria-current=${
        one === state ? "page" : nothing
      }>${this.t(one ? `broadcast.to.${one}` : "all")}</a>`,
    )}</nav>
      ${this.when(this.recipients, ({ items, next }) =>
        items.length === 0
          ? html`<p class="muted">${this.t("broadcast.nobody")}</p>`
          : html`<ul class="card list">${items.map(
              ({ member, state: its }) => html`<li class="pressable"><parvis-avatar
            style="--size:36px" .name=${member.name} .seed=${member.id} .src=${member.avatar_url ?? null}
            ></parvis-avatar><div class="grow"><a class="cover"
            href=${this.desk.link("members", [member.id, "messages"])}>${member.name}</a><p class="muted small"
            >@${member.login}</p></div><span class="chip ${
              its === "answered" ? "good" : its === "read" ? "accent" : ""
            }">${this.t(`broadcast.to.${its}`)}</span></li>`,
            )}</ul>
          ${
            next
              ? html`<p style="margin-block-start:12px"><button type="button" class="button soft" @click=${() =>
                  this.more(next)}>${this.t("more")}</button></p>`
              : nothing
          }`,
      )}`;
  }

  private async more(cursor: string): Promise<void> {
    const state = this.place.query.get("state") ?? undefined;
    const path = `/broadcasts/${this.place.rest[0]}/recipients`;
    const page = await this.desk.try(() =>
      this.api.get<List<Recipient>>(path, { state, limit: 100, cursor }),
    );
    if (page)
      this.recipients.set({
        items: [...(this.recipients.value?.items ?? []), ...page.items],
        next: page.next,
      });
  }
}

define("admin-broadcasts", AdminBroadcasts);
