import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import "../../../ui/src/avatar/avatar.ts";
import { define } from "../../../ui/src/define.ts";
import { icon } from "../shell/icons.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { Inbox, List, Operator } from "../wire.ts";
import "./answers.ts";
import "./thread.ts";

/** All conversations between participants and the organizers. */
export class AdminInbox extends Screen {
  static override properties: PropertyDeclarations = {};
  private asked = "";
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly operators = new Loaded<Operator[]>(this, () => this.api.all("/operators"));
  private readonly list = new Loaded<List<Inbox>>(this, () =>
    this.api.get("/conversations", this.query),
  );

  private get query() {
    const { query } = this.place;
    const given = (name: string) => query.get(name) ?? undefined;
    return {
      kind: "organizer",
      state: given("state") ?? "open",
      assigned: given("assigned"),
      unread: query.has("unread") ? true : undefined,
      wrote: query.has("wrote") ? true : undefined,
      sort: "unread",
      query: given("query"),
      limit: 100,
    };
  }

  protected override begin(): void {
    void this.operators.load();
    const soon = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.list.load(), 400);
    };
    this.until(
      this.desk.live.on((event) => /conversation|message/.test(event.type) && soon(), soon),
    );
    this.every(30_000, soon);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("place")) return;
    const asked = JSON.stringify(this.query);
    if (asked === this.asked) return;
    this.asked = asked;
    void this.list.load();
  }

  override render() {
    const [id] = this.place.rest;
    if (id === "answers")
      return html`<admin-answers .desk=${this.desk} .place=${this.place}></admin-answers>`;
    const more = html`<a class="button outline" href=${this.desk.link("messages", ["answers"])}
      >${icon("star")}${this.t("conversations.canned")}</a>`;
    return html`${this.head(this.t("nav.messages"), more)}
      <div class="card inbox ${id ? "one" : ""}"><div class="threads"
        >${this.filters()}${this.when(this.list, ({ items, next }) => this.threads(items, next))}</div>
      ${
        id
          ? this.single(id)
          : html`<div class="nobody"><div class="empty">${icon("inbox")}<p
        >${this.t("conversations.choose")}</p></div></div>`
      }</div>`;
  }

  private single(id: string) {
    const known = this.list.value?.items.find((one) => one.id === id);
    return html`<admin-thread class="talk" .desk=${this.desk} .conversation=${id} .known=${known}
      .operators=${this.operators.value ?? []} @changed=${() => this.list.load()}></admin-thread>`;
  }

  private filters() {
    const { query } = this.place;
    const state = query.get("state") ?? "open";
    const assigned = query.get("assigned") ?? "";
    const mine = this.desk.operator.id;
    const others = (this.operators.value ?? []).filter((one) => one.id !== mine);
    return html`<div class="filters" role="search"><span class="search">${icon("search")}<input class="input"
      type="search" aria-label=${this.t("conversations.search")} placeholder=${this.t("conversations.search")}
        .value=${query.get("query") ?? ""} @change=${(event: Event) =>
          this.set("query", (event.target as HTMLInputElement).value.trim())} /></span>
      <span class="filter"><select aria-label=${this.t("conversations.state")} @change=${(
        event: Event,
      ) => this.set("state", (event.target as HTMLSelectElement).value)}>
        ${(["open", "closed"] as const).map(
          (one) => html`<option value=${one} ?selected=${one === state}
          >${this.t(`conversations.state.${one}`)}</option>`,
        )}</select>${icon("down")}</span>
      <span class="filter ${assigned ? "on" : ""}"><select aria-label=${this.t("conversations.assigned")}
        @change=${(event: Event) => this.set("assigned", (event.target as HTMLSelectElement).value)}>
        <option value="" ?selected=${!assigned}>${this.t("conversations.assigned")}</option><option value="me"
          ?selected=${assigned === "me"}>${this.t("conversations.assigned.me")}</option><option value="nobody"
            ?selected=${assigned === "nobody"}>${this.t("conversations.assigned.nobody")}</option>
        ${others.map(({ id, name }) => html`<option value=${id} ?selected=${id === assigned}>${name}</option>`)}</select
          >${icon("down")}</span>
      ${(["unread", "wrote"] as const).map(
        (name) => html`<label class="check small"><input type="checkbox"
        .checked=${query.has(name)} @change=${(event: Event) =>
          this.set(name, (event.target as HTMLInputElement).checked ? "true" : "")} /><span
            >${this.t(`conversations.${name}`)}</span></label>`,
      )}</div>`;
  }

  private set(name: string, value: string): void {
    const query = new URLSearchParams(this.place.query);
    if (value && !(name === "state" && value === "open")) query.set(name, value);
    else query.delete(name);
    this.desk.router.adjust(query);
  }

  private threads(items: Inbox[], next: string | null) {
    if (items.length === 0)
      return html`<div class="empty"><h2>${this.t("conversations.none")}</h2><p>${this.t("conversations.none.text")}</p
        ></div>`;
    return html`<ul aria-label=${this.t("nav.messages")}>${items.map((one) => this.thread(one))}</ul>
      ${
        next
          ? html`<button type="button" class="button plain" @click=${() => this.more(next)}>${this.t("more")}</button
        >`
          : nothing
      }`;
  }

  private thread(one: Inbox) {
    const { i18n } = this.desk;
    const name = one.member?.name ?? "—";
    const here = this.place.rest[0] === one.id;
    const last = one.last_message;
    const text = last?.removed ? this.t("conversations.removed") : (last?.body ?? "");
    const ours = last && last.author.kind !== "member";
    return html`<li class="thread ${one.unread ? "unread" : ""} ${here ? "here" : ""}">
      <parvis-avatar .name=${name} .seed=${one.member?.id ?? one.id} .src=${one.member?.avatar_url ?? null}
        ?online=${one.connected}></parvis-avatar>
      <div class="grow"><div class="row"><a class="cover clip"
        href=${this.desk.link("messages", [one.id]) + location.search} aria-current=${here ? "page" : nothing}
          >${name}</a><time class="muted small" datetime=${one.last_at}
            >${i18n.dates.brief(one.last_at, Date.now())}</time></div>
        <div class="row"><p class="clip grow">${ours ? this.t("conversations.you", { text }) : text}</p>${
          one.unread
            ? html`<b class="count" aria-label=${i18n.plural("conversations.unread.n", one.unread)}>${one.unread}</b>`
            : nothing
        }</div>
        ${
          one.assigned_to || one.notes
            ? html`<div class="row">${
                one.assigned_to
                  ? html`<span class="chip"
          >${icon("team")}${one.assigned_to.name}</span>`
                  : nothing
              }${
                one.notes
                  ? html`<span class="chip warn"
            >${icon("note")}${one.notes}</span>`
                  : nothing
              }</div>`
            : nothing
        }</div></li>`;
  }

  private async more(cursor: string): Promise<void> {
    const page = await this.desk.try(() =>
      this.api.get<List<Inbox>>("/conversations", { ...this.query, cursor }),
    );
    if (page)
      this.list.set({ items: [...(this.list.value?.items ?? []), ...page.items], next: page.next });
  }
}

define("admin-messages", AdminInbox);
