import { html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Client, MemberWithRelation } from "#client";
import type { ParvisDialog } from "#ui/dialog/dialog.ts";
import { icon } from "#ui/icon/icon.ts";
import { skeletonRows } from "#ui/skeleton/skeleton.ts";
import type { ParvisToast } from "#ui/toast/toast.ts";
import { roundButton } from "./bar.ts";
import type { Context } from "./context.ts";
import type { Done } from "./conversations/actions.ts";
import { PARTS, pieceOf, requestsButton, screenPart, taskDialog } from "./desk.parts.ts";
import { ParvisElement } from "./element.ts";
import type { ProfileRequest } from "./members/person-row.ts";
import {
  addDoor,
  conversationFor,
  type Door,
  type GroupTask,
  removeDoor,
  type Screen,
} from "./navigation.ts";
import { notice } from "./notice.ts";
import { fetchPiece, type Piece } from "./pieces.ts";
import { sentenceFor } from "./problems.ts";
import type { DetailTemplate } from "./templates/detail.ts";
import type { ListTemplate } from "./templates/list.ts";

/** What the floating messenger and the section have in common: the screens, and going from one to another. */
export abstract class Desk extends ParvisElement implements Door {
  static override properties: PropertyDeclarations = {
    screen: { state: true },
    pieces: { state: true },
    task: { state: true },
    complaint: { state: true },
    profile: { state: true },
  };
  protected screen: Screen = { name: "list" };
  private pieces: ReadonlySet<Piece> = new Set();
  private task: GroupTask | null = null;
  private complaint: string | null = null;
  private profile: ProfileRequest | null = null;
  readonly #asked = new Set<Piece>();
  /** Whose contact requests were asked for. */
  #requestsOf = "";
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
    this.fetch("panel");
  }

  /** Fetches the code of screens; until it is there, grey rows stand in their place. */
  protected fetch(piece: Piece): void {
    if (this.pieces.has(piece) || this.#asked.has(piece)) return;
    this.#asked.add(piece);
    const fetched = () => {
      this.pieces = new Set([...this.pieces, piece]);
      // What was drawn without the new sentences is drawn again.
      this.ctx &&= { ...this.ctx };
    };
    fetchPiece(piece)
      .then(fetched, (error) => this.fail(error))
      .finally(() => this.#asked.delete(piece));
  }

  /** Whether contact requests have a place here: the site's switch wins over everything. */
  protected get requests(): boolean {
    return this.client?.site?.features.contact_requests ?? false;
  }

  protected override onClientChange(client: Client): void {
    if (!client.me) this.profile = this.task = null;
    const gone = this.screen.name === "requests" && !this.requests;
    if (!client.me || gone) this.screen = { name: "list" };
    this.#knowRequests(client);
  }

  /** For the badge, once, where there is one; it is not worth a complaint. */
  #knowRequests(client: Client): void {
    const me = client.me?.id ?? "";
    if (me === this.#requestsOf || (me && !(this.pieces.has("panel") && this.requests))) return;
    this.#requestsOf = me;
    if (me) client.contacts.loadRequests("received").catch(() => {});
  }

  protected override updated(): void {
    if (this.client) this.#knowRequests(this.client);
    if (this.client?.me && this.client.site?.features.video) this.fetch("calls");
    if (this.pieces.has("panel") && this.client?.status === "signed-out") this.fetch("more");
    const piece = pieceOf(this.screen);
    if (piece) this.fetch(piece);
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
      return this.pieces.has("more")
        ? html`<parvis-sign-in class="scroll" data-shown .ctx=${ctx}></parvis-sign-in>`
        : skeletonRows(4);
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
    options: { template: ListTemplate; contacts: boolean; current: string | null },
  ) {
    if (!this.pieces.has("panel")) return skeletonRows(6);
    return html`<parvis-conversation-list exportparts=${PARTS} ?data-shown=${shown} ?contacts=${options.contacts} .people=${this.pieces.has("more")} .asks=${this.requests} .ctx=${ctx}
      .template=${options.template} .current=${options.current}></parvis-conversation-list>`;
  }

  /** Every screen but the list. `back` has the class that hides it where it is not needed. */
  protected detail(
    ctx: Context,
    { template, dots }: { template: DetailTemplate; dots: boolean },
    before: unknown,
    after: unknown,
  ) {
    const { screen } = this;
    if (!this.pieces.has("panel")) return skeletonRows(6);
    if (screen.name === "conversation") {
      return html`<parvis-conversation exportparts=${PARTS} data-shown .ctx=${ctx} .conversation=${screen.id} .template=${template} .dots=${dots}
        .leading=${before} .trailing=${html`<parvis-call-buttons .ctx=${ctx} .conversation=${screen.id}></parvis-call-buttons>${after}`}></parvis-conversation>`;
    }
    if (!this.pieces.has(pieceOf(screen) ?? "more")) return skeletonRows(6);
    return screenPart(ctx, screen, this.requests, before, after);
  }

  /** What was just done, and how to take it back. */
  protected toast() {
    return html`<parvis-toast exportparts="toast" @left=${() => this.refocus()}></parvis-toast>`;
  }

  protected dialogs(ctx: Context) {
    const { profile, task, pieces } = this;
    return html`<parvis-call exportparts="call, button" .ctx=${ctx}></parvis-call><parvis-dialog exportparts="dialog"></parvis-dialog>
      ${
        profile && pieces.has("more")
          ? html`<parvis-profile-card exportparts="dialog, profile, button" .ctx=${ctx} .person=${profile.member} .asking=${profile.asking ?? false}
            .asks=${this.requests} @closed=${this.onClosed}></parvis-profile-card>`
          : nothing
      }
      ${task && pieces.has("groups") ? taskDialog(ctx, task, this.onClosed) : nothing}`;
  }

  protected backButton(ctx: Context, extra = "") {
    const go = () => this.show({ name: "list" });
    return roundButton("back", ctx.i18n.t("screen.back"), go, `back ${extra}`);
  }

  protected listButtons(ctx: Context) {
    const { client, i18n } = ctx;
    if (!client.me || !client.site?.features.messaging) return nothing;
    const canCompose = client.site.features.member_chat || client.site.features.contact_organizer;
    return html`${canCompose ? roundButton("compose", i18n.t("conversations.compose"), () => this.show({ name: "people" })) : nothing}
      ${this.requests ? requestsButton(ctx, () => this.show({ name: "requests" })) : nothing}
      ${roundButton("settings", i18n.t("settings.title"), () => this.show({ name: "settings" }))}`;
  }

  async asksToUnblock({ name }: MemberWithRelation): Promise<boolean> {
    const { unblockQuestion } = await fetchPiece("doings");
    const i18n = this.ctx?.i18n;
    const dialog = this.renderRoot.querySelector<ParvisDialog>("parvis-dialog");
    if (!i18n || !dialog) return false;
    return dialog.ask(unblockQuestion(i18n, name));
  }

  protected onGo = (event: CustomEvent<Screen>): void => this.show(event.detail);

  protected onPerson = async (event: CustomEvent<MemberWithRelation>): Promise<void> => {
    this.profile = null;
    await this.openTo({ member: event.detail.login });
  };

  protected onOrganizer = (): Promise<void> => this.openTo({ organizer: true });

  protected onProfile = (event: CustomEvent<ProfileRequest>): void => {
    this.profile = event.detail;
    this.fetch("more");
  };

  protected onGroup = (event: CustomEvent<GroupTask>): void => {
    this.task = event.detail;
    this.fetch("groups");
  };

  private onClosed = (): void => {
    this.profile = this.task = null;
    this.refocus();
  };

  protected onRemoved = (event: CustomEvent<string>): void => {
    if ("id" in this.screen && this.screen.id === event.detail) this.show({ name: "list" });
  };

  protected onDone = async ({ detail }: CustomEvent<Done>): Promise<void> => {
    const { text, undo } = detail;
    const run = () => void undo?.().catch((error) => this.complain(error));
    await fetchPiece("doings").catch((error) => this.fail(error));
    const label = this.ctx?.i18n.t("screen.undo") ?? "";
    const toast = this.renderRoot.querySelector<ParvisToast>("parvis-toast");
    // Who listens hears what comes into a place that is there already.
    await toast?.updateComplete;
    toast?.show?.({ text, undo: undo && { label, run } });
  };

  protected onFailed = (event: CustomEvent<unknown>): void => this.complain(event.detail);

  private refocus(): void {
    this.renderRoot.querySelector<HTMLElement>("[data-shown]")?.focus();
  }

  private async openTo(target: Parameters<typeof conversationFor>[1]): Promise<void> {
    if (!this.client) return;
    try {
      const id = await conversationFor(this.client, target, (member) => this.asksToUnblock(member));
      if (id !== null) this.show({ name: "conversation", id });
    } catch (error) {
      this.complain(error);
    }
  }

  private complain(error: unknown): void {
    this.complaint = this.ctx && sentenceFor(error, this.ctx.i18n);
    this.fail(error);
  }
}
