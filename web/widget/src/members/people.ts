import { css, html, nothing, type PropertyDeclarations } from "lit";
import type { Client } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { fieldStyles } from "#ui/field/field.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { base } from "#ui/theme/tokens.ts";
import { barStyles, screenBar } from "../bar.ts";
import { listStyles } from "../conversations/list.styles.ts";
import { notice, noticeStyles } from "../notice.ts";
import { Part } from "../part.ts";
import type { DirectoryList } from "./directory-list.ts";

/** "New chat": finds somebody to write to. Tells "person", "profile", "organizer" or "go" for a group. */
export class PeopleSearch extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    fieldStyles,
    barStyles,
    noticeStyles,
    listStyles,
    css`
      .filter {
        padding-block-start: 0;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    leading: { attribute: false },
    trailing: { attribute: false },
    asks: { attribute: false },
    query: { state: true },
  };

  leading: unknown = nothing;
  trailing: unknown = nothing;
  /** Asking to become contacts is offered. */
  asks = false;
  private query = "";

  protected override watches({ site }: Client) {
    return [site];
  }

  override focus(): void {
    this.renderRoot.querySelector("input")?.focus();
  }

  override render() {
    const { i18n, client } = this.ctx;
    return html`${screenBar(i18n.t("people.title"), this.leading, this.trailing)}
      <div class="filter" role="search"><label class="search">${icon("search")}<span class="quietly">${i18n.t("people.search")}</span>
        <input class="input" type="search" autocomplete="off" placeholder=${i18n.t("people.search")} .value=${this.query}
          @input=${this.onInput} @keydown=${this.onInputKey} /></label></div>
      <div class="scroll">${this.group()} ${this.organizer()}
        ${
          client.site?.features.member_chat
            ? html`<parvis-directory exportparts="row, menu, avatar, presence" .ctx=${this.ctx} .query=${this.query} .asks=${this.asks} .empty=${this.nobody()}
              @before=${this.focus} @person=${this.pass} @profile=${this.pass}></parvis-directory>`
            : nothing
        }
      </div>`;
  }

  private group() {
    const { i18n, client } = this.ctx;
    const { member_chat, groups } = client.site?.features ?? {};
    if (!member_chat || !groups || this.query) return nothing;
    return html`<button type="button" class="row person" @click=${() => this.tell("go", { name: "new-group" })}>
      <parvis-avatar .icon=${"people"} .seed=${""}></parvis-avatar>
      <span class="text"><span class="name">${i18n.t("groups.new")}</span><span class="preview">${i18n.t("groups.new.hint")}</span></span>
    </button>`;
  }

  private organizer() {
    const { i18n, client } = this.ctx;
    if (!client.site?.features.contact_organizer || this.query) return nothing;
    return html`<button type="button" class="row person" @click=${() => this.tell("organizer")}>
      <parvis-avatar .icon=${"organizer"} .seed=${"organizer"}></parvis-avatar>
      <span class="text"><span class="name">${i18n.t("organizer.button")}</span></span>
    </button>`;
  }

  private nobody() {
    const { i18n } = this.ctx;
    return notice({
      icon: "people",
      title: i18n.t("members.nobody.title"),
      text: i18n.t("members.nobody.text"),
    });
  }

  private onInput = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value.trim();
  };

  private onInputKey = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown")
      this.renderRoot.querySelector<DirectoryList>("parvis-directory")?.focusFirst();
  };
}

define("parvis-people", PeopleSearch);
