import { html, type PropertyDeclarations } from "lit";
import { badgeStyles } from "#ui/badge/badge.styles.ts";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { iconStyles } from "#ui/icon/icon.ts";
import { skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base, tokens } from "#ui/theme/tokens.ts";
import { barStyles } from "../bar.ts";
import type { Context } from "../context.ts";
import { deskStyles } from "../desk.styles.ts";
import { Desk } from "../desk.ts";
import { notice, noticeStyles } from "../notice.ts";
import { chosen } from "../templates/chosen.ts";
import { DETAIL_TEMPLATES } from "../templates/detail.ts";
import { LIST_TEMPLATES } from "../templates/list.ts";
import { directMessagesStyles } from "./direct-messages.styles.ts";

/** The section of a page: contacts, search and conversations beside the one that is open; one column where it is narrow. */
export class DirectMessages extends Desk {
  static override styles = [
    tokens,
    base,
    iconStyles,
    buttonStyles,
    badgeStyles,
    skeletonStyles,
    noticeStyles,
    barStyles,
    deskStyles,
    directMessagesStyles,
  ];
  static override properties: PropertyDeclarations = {
    listTemplate: { type: Number, attribute: "list-template" },
    detailTemplate: { type: Number, attribute: "detail-template" },
    contactRequests: { type: Boolean, attribute: "contact-requests" },
  };

  listTemplate: number | null = null;
  detailTemplate: number | null = null;
  /** Asking to become contacts has its button here. */
  contactRequests = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.fetch("panel");
    this.fetch("more");
  }

  protected override get requests(): boolean {
    return this.contactRequests && super.requests;
  }

  protected draw(ctx: Context) {
    const obstacle = this.obstacle(ctx);
    return html`<section class="root" lang=${ctx.i18n.lang} aria-label=${ctx.i18n.t("messenger.title")} @go=${this.onGo} @person=${this.onPerson} @organizer=${this.onOrganizer}
      @profile=${this.onProfile} @group=${this.onGroup} @removed=${this.onRemoved} @done=${this.onDone} @failed=${this.onFailed} @shortcuts=${this.help} @keydown=${this.onKey}>
      ${obstacle ? html`<div class="frame alone" part="frame"><div class="main">${obstacle}</div></div>` : this.panes(ctx)}
      ${this.dialogs(ctx)}
    </section>`;
  }

  private panes(ctx: Context) {
    const { screen } = this;
    const site = ctx.client.site;
    const inList = screen.name === "list";
    const current = "id" in screen ? screen.id : null;
    const list = chosen(LIST_TEMPLATES, this.listTemplate, site?.list_template);
    const template = chosen(DETAIL_TEMPLATES, this.detailTemplate, site?.detail_template);
    const look = { template, dots: list.dots };
    return html`<div class="frame ${inList ? "list" : "detail"}" part="frame">
      ${this.banner(ctx)}
      <div class="side" part="side">
        <div class="bar" part="header"><h2 class="title">${ctx.i18n.t("messenger.title")}</h2>${this.listButtons(ctx)}</div>
        ${this.list(ctx, inList, { template: list, contacts: true, current })}
      </div>
      <div class="main" part="main">
        ${inList ? this.invitation(ctx) : this.detail(ctx, look, this.backButton(ctx, "narrow"), null)}
      </div>
      ${this.toast()}
    </div>`;
  }

  private invitation({ i18n }: Context) {
    return notice({
      icon: "chat",
      title: i18n.t("conversations.choose.title"),
      text: i18n.t("conversations.choose.text"),
    });
  }

  private onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || this.screen.name === "list") return;
    event.stopPropagation();
    this.show({ name: "list" });
  };
}
