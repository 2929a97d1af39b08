import { css, html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Block, Client, MemberCard } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { base } from "#ui/theme/tokens.ts";
import { setBlock } from "../conversations/actions.ts";
import { face } from "../face.ts";
import { Part } from "../part.ts";
import { sentenceFor } from "../problems.ts";
import { Relations } from "../relations.ts";

/** Whom one has blocked, wherever the conversations with them are, and the way back. */
export class Blocked extends Part {
  static override styles = [
    base,
    buttonStyles,
    css`
      :host {
        display: grid;
        gap: var(--p-space-1);
      }
      h3 {
        font-size: var(--p-type-4);
        font-weight: 600;
        outline: 0;
      }
      p {
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
        min-block-size: 60px;
      }
      parvis-avatar {
        --size: 40px;
        filter: grayscale(1);
      }
      b {
        display: block;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .more {
        justify-self: center;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    blocks: { state: true },
    next: { state: true },
    error: { state: true },
  };

  private blocks: readonly Block[] | null = null;
  private next: string | null = null;
  private error: unknown = null;
  private asked = 0;
  private focusAt: number | null = null;
  private readonly relations = new Relations(() => void this.load());

  protected override watches({ me }: Client) {
    return [me];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.relations.follow(null);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.relations.follow(this.client);
    if (!this.hasUpdated) void this.load();
  }

  protected override updated(): void {
    if (this.focusAt === null) return;
    const buttons = this.renderRoot.querySelectorAll<HTMLElement>("li .button");
    const next = buttons[Math.min(this.focusAt, buttons.length - 1)];
    (next ?? this.renderRoot.querySelector("h3"))?.focus();
    this.focusAt = null;
  }

  override render() {
    const { i18n } = this.ctx;
    const { blocks } = this;
    if (!blocks && !this.error) return nothing;
    return html`<h3 id="blocked" tabindex="-1">${i18n.t("contacts.blocked")}</h3>
      <p>${i18n.t(blocks?.length === 0 ? "contacts.blocked.none" : "contacts.blocked.hint")}</p>
      ${this.error ? html`<p class="error" role="alert">${sentenceFor(this.error, i18n)}</p>` : nothing}
      <ul role="list" aria-labelledby="blocked">${repeat(
        blocks ?? [],
        ({ member }) => member.id,
        ({ member }, index) => this.row(member, index),
      )}</ul>
      ${this.next === null ? nothing : html`<button type="button" class="button plain small more" @click=${this.more}>${i18n.t("conversations.more")}</button>`}`;
  }

  private row(member: MemberCard, index: number) {
    const { i18n } = this.ctx;
    const { name } = member;
    return html`<li>${face(this.ctx, member)}<b dir="auto">${name}</b>
      <button type="button" class="button soft small" aria-label=${i18n.t("contacts.unblock.label", { name })}
        @click=${() => this.unblock(member, index)}>${i18n.t("contacts.unblock")}</button></li>`;
  }

  private async unblock(member: MemberCard, index: number): Promise<void> {
    const tell = (name: "done" | "failed" | "removed", detail: unknown) => this.tell(name, detail);
    if (!(await setBlock({ ctx: this.ctx, tell }, member, false))) return;
    this.blocks = this.blocks?.filter((one) => one.member.id !== member.id) ?? null;
    this.focusAt = index;
  }

  private async load(): Promise<void> {
    const turn = ++this.asked;
    this.error = null;
    try {
      const page = await this.client.contacts.blocks();
      if (turn !== this.asked) return;
      this.blocks = page.items;
      this.next = page.next;
    } catch (error) {
      if (turn === this.asked) this.error = error;
    }
  }

  private more = async (): Promise<void> => {
    const turn = this.asked;
    try {
      const page = await this.client.contacts.blocks(this.next ?? undefined);
      if (turn !== this.asked) return;
      this.blocks = [...(this.blocks ?? []), ...page.items];
      this.next = page.next;
    } catch (error) {
      this.error = error;
    }
  };
}

define("parvis-blocked", Blocked);
