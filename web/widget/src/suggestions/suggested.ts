import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Client, Me, Suggestion } from "#client";
import { asJson } from "#client/json.ts";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { base } from "#ui/theme/tokens.ts";
import { barStyles, roundButton } from "../bar.ts";
import { face } from "../face.ts";
import { Part } from "../part.ts";
import { sentenceFor } from "../problems.ts";
import { Relations } from "../relations.ts";
import { reasons } from "./reasons.ts";
import { restored } from "./restored.ts";
import { suggestedStyles } from "./suggested.styles.ts";

const SHOWN = 10;

/** Whom one might want to meet, and why. Tells "person" to write to somebody, "profile" to look at them or ask. */
export class Suggested extends Part {
  static override styles = [base, iconStyles, buttonStyles, barStyles, suggestedStyles];
  static override properties: PropertyDeclarations = {
    asks: { attribute: false },
    settings: { attribute: false },
    items: { state: true },
    dismissed: { state: true },
    error: { state: true },
  };

  /** Asking to become contacts is offered. */
  asks = true;
  /** One's own settings can be gone to from here: tells "go". */
  settings = false;
  private items: readonly Suggestion[] | null = null;
  private dismissed: ReadonlySet<string> = new Set();
  private error: unknown = null;
  private asked = 0;
  private carried = "";
  /** The button of this member's row gets the focus. */
  private focusOn: string | null = null;
  /** What changes with somebody who is not shown is seen the next time. */
  private readonly relations = new Relations((id) => {
    const shown = this.items?.some(({ member }) => member.id === id);
    if (id === null || shown) void this.load();
  });

  protected override watches({ me, site, state }: Client) {
    return [me, site, state.connected];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    restored.addEventListener("restored", this.onRestored);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    restored.removeEventListener("restored", this.onRestored);
    this.relations.follow(null);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.relations.follow(this.client);
    const { me, site } = this.client;
    const carried = asJson([me?.id, me && themesOf(me), site?.features.matchmaking]);
    if (carried === this.carried) return;
    this.carried = carried;
    this.items = null;
    if (me && site?.features.matchmaking && themesOf(me).length) void this.load();
  }

  protected override updated(): void {
    if (this.focusOn === null) return;
    const row = this.renderRoot.querySelector(`[data-id="${CSS.escape(this.focusOn)}"]`);
    const button =
      row?.querySelector<HTMLElement>(".undo") ?? row?.querySelector<HTMLElement>(".who");
    (button ?? this.renderRoot.querySelector<HTMLElement>("h3"))?.focus();
    this.focusOn = null;
  }

  override render() {
    const { i18n, client } = this.ctx;
    if (!client.me || !client.site?.features.matchmaking) return nothing;
    return html`<h3 id="suggested" tabindex="-1" aria-level=${this.settings ? 3 : 2}>${i18n.t("suggestions.title")}</h3>
      ${this.error ? html`<p class="error" role="alert">${sentenceFor(this.error, i18n)}</p>` : nothing}
      ${themesOf(client.me).length ? this.people() : this.invitation()}`;
  }

  private invitation() {
    const { i18n } = this.ctx;
    return html`<div class="none"><p>${i18n.t("suggestions.invitation")}</p>
      ${
        this.settings
          ? html`<button type="button" class="button soft small" @click=${() => this.tell("go", { name: "settings" })}>${i18n.t("suggestions.add")}</button>`
          : nothing
      }</div>`;
  }

  private people() {
    const { items } = this;
    if (items?.length === 0)
      return html`<p class="none">${this.ctx.i18n.t("suggestions.none")}</p>`;
    return html`<ul role="list" aria-labelledby="suggested" aria-busy=${items ? "false" : "true"}>${repeat(
      items ?? [],
      ({ member }) => member.id,
      (one) => (this.dismissed.has(one.member.id) ? this.gone(one) : this.row(one)),
    )}</ul>`;
  }

  private row(one: Suggestion) {
    const { i18n, client } = this.ctx;
    const { member } = one;
    const { name } = member;
    const online = client.state.connected.has(member.id);
    return html`<li data-id=${member.id}>
      ${face(this.ctx, member, online)}
      <div>
        <button type="button" class="who" dir="auto" aria-haspopup="dialog" @click=${() => this.tell("profile", { member })}>${name}</button>
        ${member.headline ? html`<p class="about" dir="auto">${member.headline}</p>` : nothing}
        ${reasons(i18n, one).map((reason) => html`<p class="reason">${icon("check")}<span>${reason}</span></p>`)}
      </div>
      ${roundButton("close", i18n.t("suggestions.dismiss", { name }), () => this.dismiss(one))}
      <div class="acts">${this.writing(one)}${this.asking(one)}<parvis-call-buttons
        named .ctx=${this.ctx} .member=${member} .allowed=${one.relation.can_call}></parvis-call-buttons></div>
    </li>`;
  }

  /** What one may do with somebody stands side by side, each present only where `relation` allows it. */
  private writing({ member, relation }: Suggestion) {
    const { i18n } = this.ctx;
    const { name } = member;
    return relation.can_message
      ? html`<button type="button" class="button small" aria-label=${i18n.t("suggestions.message", { name })} @click=${() => this.tell("person", member)}>${i18n.t("suggestions.write")}</button>`
      : nothing;
  }

  private asking({ member, relation }: Suggestion) {
    const { i18n } = this.ctx;
    const { name } = member;
    return this.asks && relation.can_request_contact
      ? html`<button type="button" class="button soft small" aria-label=${i18n.t("suggestions.ask", { name })} @click=${() => this.tell("profile", { member, asking: true })}>${i18n.t("suggestions.contact")}</button>`
      : nothing;
  }

  private gone({ member }: Suggestion) {
    const { i18n } = this.ctx;
    return html`<li class="gone" data-id=${member.id}><span role="status">${i18n.t("suggestions.dismissed", { name: member.name })}</span>
      <button type="button" class="button plain small undo" @click=${() => this.restore(member.id)}>${i18n.t("screen.undo")}</button></li>`;
  }

  private dismiss({ member }: Suggestion): Promise<void> {
    return this.change(member.id, true);
  }

  private restore(id: string): Promise<void> {
    return this.change(id, false);
  }

  private async change(id: string, away: boolean): Promise<void> {
    this.error = null;
    try {
      const suggestions = await this.client.suggestions();
      await (away ? suggestions.dismiss(id) : suggestions.restore(id));
      const dismissed = new Set(this.dismissed);
      if (away) dismissed.add(id);
      else dismissed.delete(id);
      this.dismissed = dismissed;
      this.focusOn = id;
    } catch (error) {
      this.error = error;
    }
  }

  /** In the settings: those whom the list remembers as dismissed may be back too. */
  private onRestored = (): void => {
    if (!this.items) return;
    this.dismissed = new Set();
    void this.load();
  };

  private async load(): Promise<void> {
    const turn = ++this.asked;
    try {
      const items = await (await this.client.suggestions()).list(SHOWN);
      if (turn !== this.asked) return;
      // Who was dismissed a moment ago stays in its place, for taking it back.
      const kept = (this.items ?? []).filter(({ member }) => this.dismissed.has(member.id));
      const back = new Set(kept.map(({ member }) => member.id));
      this.items = [...items.filter(({ member }) => !back.has(member.id)), ...kept];
      this.error = null;
    } catch (error) {
      if (turn === this.asked && this.items === null) this.error = error;
    }
  }
}

/** What one is interested in, offers, looks for. */
function themesOf({ interests, offers, looks_for }: Me): string[] {
  const interested = Object.keys(interests).filter((theme) => (interests[theme] ?? 0) > 0);
  return [...interested, ...offers, ...looks_for];
}

define("parvis-suggested", Suggested);
