import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { Client } from "#client";
import { badgeStyles } from "#ui/badge/badge.styles.ts";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base, tokens } from "#ui/theme/tokens.ts";
import { barStyles, roundButton } from "../bar.ts";
import type { Context } from "../context.ts";
import { deskStyles } from "../desk.styles.ts";
import { Desk } from "../desk.ts";
import type { Screen } from "../navigation.ts";
import { noticeStyles } from "../notice.ts";
import { chosen } from "../templates/chosen.ts";
import { DETAIL_TEMPLATES } from "../templates/detail.ts";
import { LIST_TEMPLATES } from "../templates/list.ts";
import { recall, remember } from "./memory.ts";
import { messengerStyles } from "./messenger.styles.ts";

const PHONE = "(max-width: 480px), (max-height: 440px)";

/** The floating chat box at the bottom of the page. `position` is "right" or "left". */
export class Messenger extends Desk {
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
    messengerStyles,
  ];
  static override properties: PropertyDeclarations = {
    open: { type: Boolean, reflect: true },
    position: {},
  };

  open = false;
  position: string | null = null;
  private recalled = false;
  private returnFocus = false;

  override connectedCallback(): void {
    super.connectedCallback();
    visualViewport?.addEventListener("resize", this.onViewport);
    visualViewport?.addEventListener("scroll", this.onViewport);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    visualViewport?.removeEventListener("resize", this.onViewport);
    visualViewport?.removeEventListener("scroll", this.onViewport);
  }

  override show(screen: Screen): void {
    this.open = true;
    super.show(screen);
  }

  protected override onClientChange(client: Client): void {
    super.onClientChange(client);
    if (!client.me || this.recalled) return;
    this.recalled = true;
    const kept = this.open || matchMedia(PHONE).matches ? null : recall(client);
    if (kept) {
      this.screen = kept;
      this.open = true;
    }
  }

  protected override updated(changed?: PropertyValues<this>): void {
    super.updated();
    if (this.open) this.fetch("panel");
    if (changed?.has("open") && this.open) this.onViewport();
    if (this.client && this.recalled) remember(this.client, this.open ? this.screen : null);
    if (this.returnFocus && !this.open) {
      this.returnFocus = false;
      this.renderRoot.querySelector<HTMLElement>(".launcher")?.focus();
    }
  }

  protected draw(ctx: Context) {
    const { client } = ctx;
    // Switched off, it is not there at all.
    if (client.me && !client.site?.features.messaging) return nothing;
    // The side is the page's, whichever way its member reads.
    const left = !!this.position?.includes("left") !== (ctx.i18n.dir === "rtl");
    const side = left ? "left" : "right";
    return html`<div class="root ${side} ${this.open ? "open" : ""}" lang=${ctx.i18n.lang} @keydown=${this.onKey}
      @go=${this.onGo} @person=${this.onPerson} @organizer=${this.onOrganizer} @profile=${this.onProfile} @group=${this.onGroup} @removed=${this.onRemoved} @done=${this.onDone} @failed=${this.onFailed} @shortcuts=${this.help}>
      ${this.open ? this.panel(ctx) : nothing} ${this.launcher(ctx)} ${this.dialogs(ctx)}
    </div>`;
  }

  private launcher({ i18n, client }: Context) {
    const unread = this.open ? 0 : client.state.unread;
    const label = i18n.t(this.open ? "messenger.close" : "messenger.open");
    const count = unread ? `${label}, ${i18n.plural("messenger.unread", unread)}` : label;
    // The number stands beside the button: it is told in words, and not the button's name.
    return html`<div class="corner"><button type="button" class="launcher" part="launcher" aria-label=${count} aria-expanded=${this.open ? "true" : "false"} @click=${this.toggle} @pointerenter=${this.prepare} @focus=${this.prepare}>
      ${this.open ? html`<span>${icon("down")}</span>` : icon("chat")}</button>
      ${unread ? html`<span class="count" part="badge" aria-hidden="true">${unread > 99 ? "99+" : i18n.number(unread)}</span>` : nothing}</div>`;
  }

  private panel(ctx: Context) {
    const obstacle = this.obstacle(ctx);
    const close = roundButton("close", ctx.i18n.t("messenger.close"), this.toggle, "close");
    const { site } = ctx.client;
    const inList = obstacle || this.screen.name === "list";
    const template = chosen(LIST_TEMPLATES, site?.list_template);
    const look = {
      template: chosen(DETAIL_TEMPLATES, site?.detail_template),
      dots: template.dots,
    };
    return html`<section class="panel ${inList ? "list" : "detail"}" part="panel" role="dialog" aria-label=${ctx.i18n.t("messenger.title")}>
      ${
        inList
          ? html`<div class="screen list">${this.listBar(ctx, close)} ${this.banner(ctx)}
            ${obstacle ?? this.list(ctx, true, { template, contacts: false, current: null })}</div>`
          : html`<div class="screen detail">${this.banner(ctx)}${this.detail(ctx, look, this.backButton(ctx), this.closeOnPhone(ctx))}</div>`
      }
      ${this.toast()}
    </section>`;
  }

  private listBar(ctx: Context, close: unknown) {
    return html`<div class="bar" part="header"><h2 class="title">${ctx.i18n.t("messenger.title")}</h2>${this.listButtons(ctx)}${close}</div>`;
  }

  /** The launcher is behind the screen there. */
  private closeOnPhone(ctx: Context) {
    return matchMedia(PHONE).matches
      ? roundButton("close", ctx.i18n.t("messenger.close"), this.toggle)
      : nothing;
  }

  private toggle = (): void => {
    if (this.open) {
      this.returnFocus = true;
      this.open = false;
    } else {
      this.show(this.screen);
    }
  };

  /** A moment before the press. */
  private prepare = (): void => this.fetch("panel");

  private onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.open || event.defaultPrevented) return;
    event.stopPropagation();
    this.toggle();
  };

  /** Above the keyboard of a phone, not behind it. */
  private onViewport = (): void => {
    if (!visualViewport || !this.open) return;
    this.style.setProperty("--p-view-height", `${visualViewport.height}px`);
    this.style.setProperty("--p-view-top", `${visualViewport.offsetTop}px`);
  };
}
