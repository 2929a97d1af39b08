import { html, nothing, type PropertyDeclarations } from "lit";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { base, tokens } from "#ui/theme/tokens.ts";
import type { Context } from "../context.ts";
import { LoneButton, loneButtonStyles } from "../lone-button.ts";
import { openTarget } from "../navigation.ts";

/** Opens the conversation with the organizers; not there when the site turned that off. */
export class ContactOrganizer extends LoneButton {
  static override styles = [tokens, base, iconStyles, buttonStyles, loneButtonStyles];
  static override properties: PropertyDeclarations = {
    busy: { state: true },
  };

  private busy = false;

  protected draw({ client, i18n }: Context) {
    const features = client.site?.features;
    if (!client.me || !features?.messaging || !features.contact_organizer) return nothing;
    return html`<span class="root" lang=${i18n.lang}><button type="button" class="button" part="button" ?disabled=${this.busy} @click=${this.open}>
      ${icon("organizer")}<span>${i18n.t("organizer.button")}</span></button></span>`;
  }

  private open = async (): Promise<void> => {
    if (!this.client) return;
    this.busy = true;
    try {
      await openTarget(this.client, { organizer: true });
    } catch (error) {
      this.fail(error);
    } finally {
      this.busy = false;
    }
  };
}
