import { css, html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Client, Dismissed, MemberCard } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { base } from "#ui/theme/tokens.ts";
import { face } from "../face.ts";
import { Part } from "../part.ts";
import { sentenceFor } from "../problems.ts";
import { restored } from "./restored.ts";

/** Of whom one said "not for me", and the way back. Closed, and asked for once it is opened. */
export class NotForMe extends Part {
  static override styles = [
    base,
    buttonStyles,
    css`
      details {
        border: 1px solid var(--p-line);
        border-radius: var(--p-radius-small);
        padding-inline: var(--p-space-3);
      }
      summary {
        padding-block: var(--p-space-3);
        font-weight: 600;
        cursor: pointer;
      }
      p {
        padding-block-end: var(--p-space-2);
        font-size: var(--p-type-3);
        color: var(--p-muted);
      }
      .error {
        color: var(--p-danger);
      }
      li {
        display: grid;
        grid-template-columns: auto 1fr auto;
        align-items: center;
        gap: var(--p-space-3);
        min-block-size: 56px;
        border-block-start: 1px solid var(--p-line);
      }
      parvis-avatar {
        --size: 36px;
      }
      b {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .more {
        margin-block: var(--p-space-2);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    items: { state: true },
    error: { state: true },
  };

  private items: readonly Dismissed[] | null = null;
  private next: string | null = null;
  private error: unknown = null;
  private asked = 0;
  private of: string | undefined;
  /** The button at this place gets the focus, or the heading when none is left. */
  private focusAt: number | null = null;

  protected override watches({ me }: Client) {
    return [me?.id];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const id = this.client.me?.id;
    if (id === this.of) return;
    this.of = id;
    this.items = null;
    if (this.renderRoot?.querySelector("details")?.open) void this.load();
  }

  protected override updated(): void {
    if (this.focusAt === null) return;
    const buttons = this.renderRoot.querySelectorAll<HTMLElement>("li .button");
    const next = buttons[Math.min(this.focusAt, buttons.length - 1)];
    (next ?? this.renderRoot.querySelector<HTMLElement>("summary"))?.focus();
    this.focusAt = null;
  }

  override render() {
    const { i18n } = this.ctx;
    const { items } = this;
    return html`<details @toggle=${this.onToggle}><summary>${i18n.t("suggestions.away")}</summary>
      ${this.error ? html`<p class="error" role="alert">${sentenceFor(this.error, i18n)}</p>` : nothing}
      ${items ? html`<p>${i18n.t(items.length ? "suggestions.away.hint" : "suggestions.away.none")}</p>` : nothing}
      <ul role="list" aria-label=${i18n.t("suggestions.away")} aria-busy=${items || this.error ? "false" : "true"}>${repeat(
        items ?? [],
        ({ member }) => member.id,
        ({ member }, index) => this.row(member, index),
      )}</ul>
      ${this.next === null ? nothing : html`<button type="button" class="button plain small more" @click=${() => this.load(true)}>${i18n.t("conversations.more")}</button>`}
    </details>`;
  }

  private row(member: MemberCard, index: number) {
    const { i18n } = this.ctx;
    const { name } = member;
    return html`<li>${face(this.ctx, member)}<b dir="auto">${name}</b>
      <button type="button" class="button soft small" aria-label=${i18n.t("suggestions.back.label", { name })}
        @click=${() => this.restore(member, index)}>${i18n.t("suggestions.back")}</button></li>`;
  }

  private onToggle = (event: Event): void => {
    if ((event.target as HTMLDetailsElement).open) void this.load();
  };

  private async restore({ id }: MemberCard, index: number): Promise<void> {
    this.error = null;
    try {
      await (await this.client.suggestions()).restore(id);
      this.items = this.items?.filter(({ member }) => member.id !== id) ?? null;
      this.focusAt = index;
      restored.dispatchEvent(new Event("restored"));
    } catch (error) {
      this.error = error;
    }
  }

  private async load(more = false): Promise<void> {
    const turn = ++this.asked;
    this.error = null;
    try {
      const suggestions = await this.client.suggestions();
      const page = await suggestions.dismissed((more && this.next) || undefined);
      if (turn !== this.asked) return;
      this.next = page.next;
      this.items = more ? [...(this.items ?? []), ...page.items] : page.items;
    } catch (error) {
      if (turn === this.asked) this.error = error;
    }
  }
}

define("parvis-not-for-me", NotForMe);
