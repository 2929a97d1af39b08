import { html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Client, MemberWithRelation } from "#client";
import { icon } from "#ui/icon/icon.ts";
import { skeletonRows } from "#ui/skeleton/skeleton.ts";
import { roundButton } from "./bar.ts";
import type { Context } from "./context.ts";
import { ParvisElement } from "./element.ts";
import { addDoor, conversationFor, type Door, removeDoor, type Screen } from "./navigation.ts";
import { notice } from "./notice.ts";
import { sentenceFor } from "./problems.ts";

const PARTS = "row, list, header, bubble, composer, send, avatar, presence, menu, dialog";

/** What the floating messenger and the section have in common: the screens, and going from one to another. */
export abstract class Desk extends ParvisElement implements Door {
  static override properties: PropertyDeclarations = {
    screen: { state: true },
    fetched: { state: true },
    complaint: { state: true },
  };
  protected screen: Screen = { name: "list" };
  private fetched = false;
  private complaint: string | null = null;
  /** The focus goes to what is shown, once that is there. */
  #focusAfter = false;

  protected override get announces(): boolean {
    return true;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addDoor(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeDoor(this);
  }

  show(screen: Screen): void {
    this.screen = screen;
    this.complaint = null;
    this.#focusAfter = true;
    this.fetch();
  }

  /** Fetches the code of the screens; until it is there, grey rows stand in their place. */
  protected fetch(): void {
    if (this.fetched) return;
    import("./panel.ts").then(
      () => {
        this.fetched = true;
      },
      (error) => this.fail(error),
    );
  }

  protected override onClientChange(client: Client): void {
    if (!client.me) this.screen = { name: "list" };
  }

  protected override updated(): void {
    if (!this.#focusAfter) return;
    const shown = this.renderRoot.querySelector<
      HTMLElement & { updateComplete?: Promise<unknown> }
    >("[data-shown]");
    if (!shown?.updateComplete) return;
    this.#focusAfter = false;
    void shown.updateComplete.then(() => shown.focus());
  }

  /** What stands instead of conversations: sign-in, refusal, a switch that is off. Null: all is well. */
  protected obstacle(ctx: Context): TemplateResult | null {
    const { client, i18n } = ctx;
    if (client.status === "refused") {
      return notice({
        icon: "alert",
        title: i18n.t("status.refused.title"),
        text: i18n.t("status.refused.text"),
      });
    }
    if (client.status === "signed-out")
      return html`<parvis-sign-in class="scroll" data-shown .ctx=${ctx}></parvis-sign-in>`;
    if (!client.me)
      return html`<p class="quietly" role="status">${i18n.t("screen.loading")}</p>${skeletonRows(6)}`;
    if (!client.site?.features.messaging) {
      return notice({
        icon: "lock",
        title: i18n.t("status.off.title"),
        text: i18n.t("status.off.text"),
      });
    }
    return null;
  }

  protected banner({ client, i18n }: Context) {
    if (this.complaint) {
      return html`<p class="banner wrong" role="alert">${icon("alert")}<span>${this.complaint}</span></p>`;
    }
    if (client.status !== "offline") return nothing;
    return html`<p class="banner" role="status">${icon("offline")}<span>${i18n.t("status.offline")}</span></p>`;
  }

  protected list(
    ctx: Context,
    shown: boolean,
    options: { template: number; contacts: boolean; current: string | null },
  ) {
    if (!this.fetched) return skeletonRows(6);
    return html`<parvis-conversation-list exportparts=${PARTS} ?data-shown=${shown} ?contacts=${options.contacts} .ctx=${ctx}
      .template=${options.template} .current=${options.current}></parvis-conversation-list>`;
  }

  /** Every screen but the list. `back` has the class that hides it where it is not needed. */
  protected detail(ctx: Context, template: number, before: unknown, after: unknown) {
    const { screen } = this;
    if (!this.fetched) return skeletonRows(6);
    if (screen.name === "conversation") {
      return html`<parvis-conversation exportparts=${PARTS} data-shown .ctx=${ctx} .conversation=${screen.id} .template=${template}
        .leading=${before} .trailing=${after}></parvis-conversation>`;
    }
    if (screen.name === "people")
      return html`<parvis-people exportparts=${PARTS} data-shown .ctx=${ctx} .leading=${before} .trailing=${after}></parvis-people>`;
    if (screen.name === "settings")
      return html`<parvis-settings exportparts=${PARTS} data-shown .ctx=${ctx} .leading=${before} .trailing=${after}></parvis-settings>`;
    return nothing;
  }

  protected backButton(ctx: Context, extra = "") {
    return roundButton(
      "back",
      ctx.i18n.t("screen.back"),
      () => this.show({ name: "list" }),
      `back ${extra}`,
    );
  }

  protected listButtons({ client, i18n }: Context) {
    if (!client.me || !client.site?.features.messaging) return nothing;
    const canCompose = client.site.features.member_chat || client.site.features.contact_organizer;
    return html`${canCompose ? roundButton("compose", i18n.t("conversations.compose"), () => this.show({ name: "people" })) : nothing}
      ${roundButton("settings", i18n.t("settings.title"), () => this.show({ name: "settings" }))}`;
  }

  protected onGo = (event: CustomEvent<Screen>): void => this.show(event.detail);

  protected onPerson = (event: CustomEvent<MemberWithRelation>): Promise<void> =>
    this.openTo({ member: event.detail.login });

  protected onOrganizer = (): Promise<void> => this.openTo({ organizer: true });

  protected onRemoved = (event: CustomEvent<string>): void => {
    if (this.screen.name === "conversation" && this.screen.id === event.detail)
      this.show({ name: "list" });
  };

  protected onFailed = (event: CustomEvent<unknown>): void => this.complain(event.detail);

  private async openTo(target: Parameters<typeof conversationFor>[1]): Promise<void> {
    if (!this.client) return;
    try {
      this.show({ name: "conversation", id: await conversationFor(this.client, target) });
    } catch (error) {
      this.complain(error);
    }
  }

  private complain(error: unknown): void {
    this.complaint = this.ctx && sentenceFor(error, this.ctx.i18n);
    this.fail(error);
  }
}
