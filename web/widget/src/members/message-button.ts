import { html, nothing, type PropertyDeclarations } from "lit";
import type { Client } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { base, tokens } from "#ui/theme/tokens.ts";
import type { Context } from "../context.ts";
import { LoneButton, loneButtonStyles } from "../lone-button.ts";
import { openTarget } from "../navigation.ts";
import { Followed } from "./followed.ts";

/** One button for one member's profile page; not there when that member cannot be contacted. */
export class MessageButton extends LoneButton {
  static override styles = [tokens, base, iconStyles, buttonStyles, loneButtonStyles];
  static override properties: PropertyDeclarations = {
    member: {},
    busy: { state: true },
  };

  member: string | null = null;
  private busy = false;
  private readonly followed = new Followed(this, (error) => this.fail(error));

  protected override willUpdate(): void {
    super.willUpdate();
    if (this.client) this.onClientChange(this.client);
  }

  protected override onClientChange(client: Client): void {
    const login = client.me && this.member ? `@${this.member.replace(/^@/, "")}` : "";
    this.followed.follow(client, login);
  }

  protected draw({ i18n }: Context) {
    if (!this.followed.member?.relation.can_message) return nothing;
    return html`<span class="root" lang=${i18n.lang}><button type="button" class="button" part="button" ?disabled=${this.busy} @click=${this.open}>
      ${icon("chat")}<span>${i18n.t("members.message")}</span></button></span>`;
  }

  private open = async (): Promise<void> => {
    const { member } = this.followed;
    if (!this.client || !member) return;
    this.busy = true;
    try {
      await openTarget(this.client, { member: member.login });
    } catch (error) {
      // They may have closed their door meanwhile: look again.
      void this.followed.ask();
      this.fail(error);
    } finally {
      this.busy = false;
    }
  };
}
