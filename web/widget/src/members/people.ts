import { css, html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { Client, MemberWithRelation } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { fieldStyles } from "#ui/field/field.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { rove } from "#ui/roving/roving.ts";
import { skeletonRows, skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base } from "#ui/theme/tokens.ts";
import { barStyles, screenBar } from "../bar.ts";
import { listStyles } from "../conversations/list.styles.ts";
import { personRow } from "../conversations/row.ts";
import { notice, noticeStyles } from "../notice.ts";
import { Part } from "../part.ts";
import { failure } from "../problems.ts";
import { Directory } from "./directory.ts";

/** "New message": finds somebody to write to. Tells "person" or "organizer". */
export class PeopleSearch extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    fieldStyles,
    barStyles,
    skeletonStyles,
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
    query: { state: true },
  };

  leading: unknown = nothing;
  trailing: unknown = nothing;
  private query = "";
  private readonly directory = new Directory(this, () => this.client);

  protected override watches({ state, site }: Client) {
    return [state.connected, site];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.hasUpdated) void this.directory.load({});
  }

  override focus(): void {
    this.renderRoot.querySelector("input")?.focus();
  }

  override render() {
    const { i18n } = this.ctx;
    return html`${screenBar(i18n.t("people.title"), this.leading, this.trailing)}
      <div class="filter" role="search"><label class="search">${icon("search")}<span class="quietly">${i18n.t("people.search")}</span>
        <input class="input" type="search" autocomplete="off" placeholder=${i18n.t("people.search")} .value=${this.query}
          @input=${this.onInput} @keydown=${this.onInputKey} /></label></div>
      <div class="scroll" @keydown=${this.onKey} @scroll=${this.onScroll}>${this.organizer()} ${this.content()}</div>`;
  }

  private organizer() {
    const { i18n, client } = this.ctx;
    if (!client.site?.features.contact_organizer || this.query) return nothing;
    return html`<button type="button" class="row person" @click=${() => this.tell("organizer")}>
      <parvis-avatar .icon=${"organizer"} .seed=${"organizer"}></parvis-avatar>
      <span class="text"><span class="name">${i18n.t("organizer.button")}</span></span>
    </button>`;
  }

  private content() {
    const { directory } = this;
    const { i18n } = this.ctx;
    if (directory.state === "failed")
      return failure(directory.error, i18n, () => directory.retry());
    const people = directory.people.filter((one) => one.relation.can_message);
    if (people.length === 0) return directory.state === "done" ? this.nobody() : skeletonRows(6);
    return html`<ul role="list" aria-label=${i18n.t("conversations.people")}>
      ${people.map((one, index) => personRow(this.ctx, one, index === 0, () => this.tell<MemberWithRelation>("person", one)))}
    </ul>`;
  }

  private nobody() {
    const { i18n } = this.ctx;
    return this.query
      ? notice({
          icon: "search",
          title: i18n.t("members.empty.title"),
          text: i18n.t("members.empty.text"),
        })
      : notice({
          icon: "people",
          title: i18n.t("members.nobody.title"),
          text: i18n.t("members.nobody.text"),
        });
  }

  private onInput = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value.trim();
    this.directory.loadSoon({ query: this.query || undefined });
  };

  private onInputKey = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") this.renderRoot.querySelector<HTMLElement>(".row")?.focus();
  };

  private onKey = (event: KeyboardEvent): void => {
    rove(event, [...this.renderRoot.querySelectorAll<HTMLElement>(".row")]);
  };

  private onScroll = (event: Event): void => {
    const box = event.currentTarget as HTMLElement;
    if (box.scrollHeight - box.scrollTop - box.clientHeight < 400) void this.directory.more();
  };
}

define("parvis-people", PeopleSearch);
