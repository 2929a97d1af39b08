import { css, html, nothing, type PropertyDeclarations } from "lit";
import type { Call, Client, MemberCard } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { base } from "#ui/theme/tokens.ts";
import { Part } from "../part.ts";
import { callDesk } from "./call-desk.ts";
import { callIcon, callIconStyles } from "./icons.ts";

/** The ways to call somebody: in the head of an open conversation, or on a profile. None where one may not. */
export class CallButtons extends Part {
  static override styles = [
    base,
    buttonStyles,
    callIconStyles,
    css`
      :host {
        display: contents;
      }
      /* Beside other small buttons; on another line, if need be, both of them. */
      :host([named]) {
        display: flex;
        gap: var(--p-space-2);
      }
      :host([named]) .round {
        --p-hit: 32px;
        background: var(--p-accent-soft);
        color: var(--p-accent-text);
      }
      @media (pointer: coarse) {
        :host([named]) .round {
          --p-hit: 44px;
        }
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    member: { attribute: false },
    allowed: { attribute: false },
    named: { type: Boolean },
  };
  conversation = "";
  /** On a profile: whom, and whether one may. */
  member: MemberCard | null = null;
  allowed = false;
  /** Among others of their kind: they say whom. */
  named = false;

  protected override watches({ state, site }: Client) {
    return [state.conversations, site];
  }

  override render() {
    const other = this.#other();
    const { i18n, client } = this.ctx;
    if (!other || !client.site?.features.video) return nothing;
    const label = (media: Call["media"]) =>
      this.named ? i18n.t(`calls.${media}.to`, { name: other.name }) : i18n.t(`calls.${media}`);
    const button = (media: Call["media"]) => html`<button type="button" class="round" part="button"
      aria-label=${label(media)} title=${label(media)}
      @click=${() => void callDesk(client).prepare(other, media)}>${callIcon(media)}</button>`;
    return html`${button("voice")}${button("video")}`;
  }

  #other(): MemberCard | null {
    if (this.member) return this.allowed ? this.member : null;
    const one = this.client.state.conversations.find(({ id }) => id === this.conversation);
    return one?.can_call ? (one.peer ?? null) : null;
  }
}

define("parvis-call-buttons", CallButtons);
