import { html, nothing, type PropertyDeclarations } from "lit";
import { type Client, type MemberWithRelation, Problem } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { base, tokens } from "#ui/theme/tokens.ts";
import type { Context } from "../context.ts";
import { LoneButton, loneButtonStyles } from "../lone-button.ts";
import { openTarget } from "../navigation.ts";

/** One button for one member's profile page; not there when that member cannot be contacted. */
export class MessageButton extends LoneButton {
  static override styles = [tokens, base, iconStyles, buttonStyles, loneButtonStyles];
  static override properties: PropertyDeclarations = {
    member: {},
    found: { state: true },
    busy: { state: true },
  };

  member: string | null = null;
  private found: MemberWithRelation | null = null;
  private busy = false;
  private asked = "";

  protected override willUpdate(): void {
    super.willUpdate();
    if (this.client) this.onClientChange(this.client);
  }

  protected override onClientChange(client: Client): void {
    // Whoever is signed in, a site whose switches moved, one's own profile: each may change the answer.
    const question =
      client.me && this.member
        ? JSON.stringify([client.me.id, this.member, client.site?.features])
        : "";
    if (question === this.asked) return;
    this.asked = question;
    this.found = null;
    if (question) void this.ask(client, question);
  }

  protected draw({ i18n }: Context) {
    if (!this.found?.relation.can_message) return nothing;
    return html`<span class="root" lang=${i18n.lang}><button type="button" class="button" part="button" ?disabled=${this.busy} @click=${this.open}>
      ${icon("chat")}<span>${i18n.t("members.message")}</span></button></span>`;
  }

  private async ask(client: Client, question: string): Promise<void> {
    try {
      const found = await client.member(`@${this.member?.replace(/^@/, "")}`);
      if (question === this.asked) this.found = found;
    } catch (error) {
      // Nobody of that name, or nobody one may see: there is no button, and nothing to say.
      if (Problem.of(error).status !== 404) this.fail(error);
    }
  }

  private open = async (): Promise<void> => {
    if (!this.client || !this.found) return;
    this.busy = true;
    try {
      await openTarget(this.client, { member: this.found.login });
    } catch (error) {
      // They may have closed their door meanwhile: look again.
      this.asked = "";
      this.fail(error);
    } finally {
      this.busy = false;
    }
  };
}
