import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { Client, Conversation, Message } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { base } from "#ui/theme/tokens.ts";
import { titleOf } from "../conversations/naming.ts";
import { Part } from "../part.ts";
import { whyNot } from "../problems.ts";
import { composerStyles } from "./composer.styles.ts";
import { keepDraft, readDraft } from "./drafts.ts";
import { left } from "./length.ts";

/**
 * Tells "send" or "save" with the text, "cancel", "edit-last" (arrow up in an empty field), "unblock". What was typed waits
 * while one may not write.
 */
export class Composer extends Part {
  static override styles = [base, iconStyles, buttonStyles, composerStyles];
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    editing: { attribute: false },
    error: { attribute: false },
    text: { state: true },
  };

  conversation!: Conversation;
  editing: Message | null = null;
  /** Why the last change could not be saved. */
  error: string | null = null;
  protected text = "";

  protected override watches(client: Client): readonly unknown[] {
    return [client.me?.id];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const before = changed.get("conversation") as Conversation | undefined;
    const moved = changed.has("conversation") && before?.id !== this.conversation.id;
    if (!moved && !changed.has("editing")) return;
    this.text = this.editing?.body ?? readDraft(this.client, this.conversation.id);
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.grow();
    if (changed.has("editing") && this.editing) this.focus();
  }

  override focus(): void {
    const { field } = this;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }

  override render() {
    const { i18n } = this.ctx;
    const reason = this.reason();
    if (reason)
      return html`<div class="cannot"><p role="status">${reason}</p>${this.unblockButton()}</div>`;
    const rest = left(this.text);
    const label = i18n.t("composer.label", { name: titleOf(this.conversation, this.ctx) });
    return html`<form part="composer" class=${this.tone()} @submit=${this.submit}>
      ${this.above()} ${this.editing ? this.editingLine() : nothing}
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <div class="box">
        <textarea rows="1" dir="auto" enterkeyhint="send" aria-label=${label} placeholder=${i18n.t("composer.placeholder")}
          aria-describedby="left" .value=${this.text} @input=${this.onInput} @keydown=${this.onKey}></textarea>
        <button class="round send" part="send" aria-label=${i18n.t(this.editing ? "composer.save" : "composer.send")}
          ?disabled=${!this.sendable()}>${icon(this.editing ? "check" : "send")}</button>
      </div>
      ${this.below()}<p id="left" role="status" class="left ${rest !== null && rest < 0 ? "over" : ""}" ?hidden=${rest === null}>${rest === null ? "" : this.leftText(rest)}</p>
    </form>`;
  }

  /** Why nothing can be written here; null when it can. */
  protected reason(): unknown {
    return whyNot(this.conversation, this.ctx.i18n);
  }

  // What a place where people talk adds: a class for the whole, and what stands above and below the field.
  protected tone(): string {
    return "";
  }

  protected above(): unknown {
    return nothing;
  }

  protected below(): unknown {
    return nothing;
  }

  private unblockButton() {
    const { blocked } = this.conversation;
    if (!blocked) return icon("lock");
    return html`<button type="button" class="button soft" @click=${() => this.tell("unblock")}>${this.ctx.i18n.t("contacts.unblock")}</button>`;
  }

  private editingLine() {
    const { i18n } = this.ctx;
    return html`<p class="editing"><span>${i18n.t("composer.editing")}</span>
      <button type="button" class="round" aria-label=${i18n.t("screen.cancel")} @click=${() => this.tell("cancel")}>${icon("close")}</button></p>`;
  }

  private leftText(rest: number): string {
    return this.ctx.i18n.plural(rest < 0 ? "composer.over" : "composer.left", Math.abs(rest));
  }

  protected get field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector("textarea");
  }

  protected sendable(): boolean {
    return this.text.trim() !== "" && (left(this.text) ?? 0) >= 0;
  }

  /** As high as the text, up to the limit in the styles: where the browser cannot do that by itself. */
  private grow(): void {
    const { field } = this;
    if (!field || CSS.supports("field-sizing", "content")) return;
    // Measured inside a fixed frame, or the messages above would move.
    this.style.setProperty("height", `${this.offsetHeight}px`);
    field.style.setProperty("height", "auto");
    field.style.setProperty("height", `${field.scrollHeight}px`);
    this.style.removeProperty("height");
  }

  private onInput = (): void => this.typed();

  protected typed(): void {
    this.text = this.field?.value ?? "";
    if (this.editing) return;
    keepDraft(this.client, this.conversation.id, this.text);
    if (this.aloud()) this.client.typing(this.conversation.id);
  }

  /** Whether everybody may see that one is writing. */
  protected aloud(): boolean {
    return this.text.trim() !== "";
  }

  private onKey = (event: KeyboardEvent): void => this.pressed(event);

  protected pressed(event: KeyboardEvent): void {
    // While an input method composes, Enter chooses a word.
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.editing) {
      event.stopPropagation();
      this.tell("cancel");
    } else if (event.key === "ArrowUp" && this.text === "" && !this.editing) {
      event.preventDefault();
      this.tell("edit-last");
    }
  }

  private submit = (event?: Event): void => {
    event?.preventDefault();
    if (!this.sendable()) return;
    const body = this.text.trim();
    if (this.editing) {
      this.tell("save", body);
      return;
    }
    this.text = "";
    keepDraft(this.client, this.conversation.id, "");
    this.tell("send", body);
    this.field?.focus();
  };
}

define("parvis-composer", Composer);
