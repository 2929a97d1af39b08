import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { Client, MemberCard, Rooms } from "#client";
import { define } from "#ui/define.ts";
import { icon } from "#ui/icon/icon.ts";
import { Composer } from "../messages/composer.ts";
import { keepDraft } from "../messages/drafts.ts";
import { addressed, addressOf, isAside, plain, started, unique } from "./address.ts";
import { Audience, type Named } from "./audience.ts";
import { Completion } from "./completion.ts";
import { roomComposerStyles } from "./composer.styles.ts";
import { listOf, type RoomContext, secondsTo } from "./scene.ts";
import { whyNotHere } from "./why.ts";

/** The most that one whisper goes to. */
const MOST = 20;

/** Where one writes in a room. While what stands there would be private it says so, before anything is sent. */
export class RoomComposer extends Composer {
  static override styles = [...Composer.styles, roomComposerStyles];
  static override properties: PropertyDeclarations = {
    compact: { type: Boolean, reflect: true },
    refused: { state: true },
  };

  declare ctx: RoomContext;
  compact = false;
  /** The names with which the last message came back. */
  private refused: readonly string[] | null = null;
  private ticking: ReturnType<typeof setTimeout> | undefined;
  private readonly audience: Audience = new Audience(this, () => this.ctx.client);
  private readonly completion: Completion = new Completion(
    this,
    () => this.field,
    () => this.conversation.id,
    (text, caret, member) => this.take(text, caret, member),
  );

  protected override watches(client: Client): readonly unknown[] {
    const { threads, rooms } = client.state as Rooms["state"];
    const { id } = this.conversation;
    return [...super.watches(client), threads.get(id), rooms.get(id)?.held];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.ticking);
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.field?.setAttribute("aria-describedby", this.tone() ? "left tone" : "left");
    this.field?.setAttribute("maxlength", "8000");
    this.takeBack();
    clearTimeout(this.ticking);
    if (this.wait > 0) this.ticking = setTimeout(() => this.requestUpdate(), 1_000);
  }

  /** The message will go to these. What is typed stays. */
  whisper(members: readonly MemberCard[]): void {
    this.audience.learn(members);
    const me = this.ctx.client.me?.id;
    const others = members.filter(({ id }) => id !== me);
    this.write(
      addressed(
        this.text,
        others.map(({ login }) => login),
      ),
    );
    void this.updateComplete.then(() => this.focus());
  }

  protected override reason(): unknown {
    return whyNotHere(this.ctx, this.conversation) ?? super.reason();
  }

  protected override tone(): string {
    return addressOf(this.text) ? "aside" : "";
  }

  protected override above(): unknown {
    const address = addressOf(this.text);
    const { i18n } = this.ctx;
    const refused = this.refused
      ? html`<p class="error" role="alert">${i18n.t("rooms.aside.refused", { logins: this.logins(this.refused) })}</p>`
      : nothing;
    const named = address ? this.audience.of(this.conversation.id, address, this.begun) : [];
    const wrong = address ? this.wrong(named, address.text) : null;
    const known = named.every(({ member }) => member !== undefined);
    const told = wrong?.text ?? this.only(named);
    return html`${refused}<p class="quietly" role="status">${address && known ? told : ""}</p>
      ${
        address
          ? html`<div class="audience"><p class=${wrong?.grave ? "wrong" : ""}>${icon("lock")}<span id="tone">${told}</span></p>
            ${named.map((one) => this.chip(one))}</div>`
          : nothing
      }`;
  }

  protected override below(): unknown {
    const { i18n } = this.ctx;
    const { wait } = this;
    const every = this.slowly;
    const text = wait ? i18n.plural("rooms.slow.wait", wait) : i18n.plural("rooms.slow", every);
    return html`${this.completion.draw()}
      ${every ? html`<p class="slow">${icon("clock")}<span>${text}</span></p>` : nothing}`;
  }

  protected override sendable(): boolean {
    if (!super.sendable() || this.wait > 0) return false;
    const address = addressOf(this.text);
    if (!address) return true;
    const count = unique(address.logins).length;
    return address.text !== "" && count > 0 && count <= MOST;
  }

  /** That one whispers is nobody else's business, before as after. */
  protected override aloud(): boolean {
    return super.aloud() && !isAside(this.text);
  }

  protected override typed(): void {
    super.typed();
    this.refused = null;
    this.completion.look();
  }

  protected override pressed(event: KeyboardEvent): void {
    if (this.completion.key(event)) return;
    if (/^(Arrow(Left|Right)|Home|End)$/.test(event.key)) this.completion.close();
    super.pressed(event);
  }

  /** The name that one is writing at this moment. */
  private get begun(): string | null {
    const { field } = this;
    return field && this.shadowRoot?.activeElement === field
      ? (started(field.value, field.selectionEnd)?.prefix ?? null)
      : null;
  }

  private only(named: readonly Named[]): string {
    return this.ctx.i18n.t("rooms.aside.one", { names: this.names(named) });
  }

  private names(named: readonly Named[]): string {
    return listOf(
      this.ctx,
      named.map(({ typed, member }) => member?.name ?? `@${typed}`),
    );
  }

  /** Why it could not be sent so; grave: as it stands it never can. */
  private wrong(named: readonly Named[], text: string): { text: string; grave: boolean } | null {
    const { i18n } = this.ctx;
    if (named.length === 0) return { text: i18n.t("rooms.aside.nobody"), grave: false };
    if (named.length > MOST) return { text: i18n.t("rooms.aside.many"), grave: true };
    const unknown = named.filter(({ member }) => member === null).map(({ typed }) => typed);
    if (unknown.length > 0) {
      const own = plain(this.ctx.client.me?.login ?? "");
      if (named.length === 1 && plain(unknown[0] ?? "") === own)
        return { text: i18n.t("rooms.aside.alone"), grave: true };
      const logins = this.logins(unknown);
      return { text: i18n.t("rooms.aside.unknown", { logins }), grave: true };
    }
    if (text !== "") return null;
    return { text: i18n.t("rooms.aside.empty", { names: this.names(named) }), grave: false };
  }

  private chip({ typed, member }: Named) {
    const name = member?.name ?? `@${typed}`;
    return html`<span class="chip ${member === null ? "wrong" : ""}"><span dir="auto">${name}</span>
      <button type="button" aria-label=${this.ctx.i18n.t("rooms.aside.drop", { name })} @click=${() => this.drop(typed)}>${icon("close")}</button></span>`;
  }

  private drop(typed: string): void {
    const address = addressOf(this.text);
    if (!address) return;
    const rest = address.logins.filter((login) => plain(login) !== plain(typed));
    this.write(rest.length > 0 ? addressed(address.text, rest) : address.text);
    void this.updateComplete.then(() => this.focus());
  }

  private logins(logins: readonly string[]): string {
    return listOf(
      this.ctx,
      logins.map((login) => (login.startsWith("@") ? login : `@${login}`)),
    );
  }

  private write(text: string): void {
    this.text = text;
    this.refused = null;
    if (!this.editing) keepDraft(this.client, this.conversation.id, text);
  }

  private take(text: string, caret: number, member: MemberCard): void {
    this.audience.learn([member]);
    this.write(text);
    void this.updateComplete.then(() => this.field?.setSelectionRange(caret, caret));
  }

  /** A whisper that the server refused comes back, unless something else stands here already. */
  private takeBack(): void {
    const { pending = [] } = this.client.state.threads.get(this.conversation.id) ?? {};
    const one = pending.findLast(({ problem }) => problem?.code === "whisper_refused");
    if (!one || this.text.trim() !== "" || this.editing) return;
    const logins = one.problem?.logins ?? addressOf(one.body)?.logins ?? [];
    this.write(one.body);
    this.audience.refuse(logins);
    this.refused = logins;
    this.client.discard(one.clientId);
    void this.updateComplete.then(() => this.focus());
  }

  private get slowly(): number {
    const { room } = this.conversation;
    return room && !room.moderator && !this.editing ? room.slow_mode_seconds : 0;
  }

  /** Seconds until one may write again. */
  private get wait(): number {
    const last = this.slowly ? this.ctx.client.lastSaid(this.conversation.id) : null;
    return secondsTo(last, Date.now() - this.slowly * 1_000);
  }
}

define("parvis-room-composer", RoomComposer);
