import { css, html, nothing, type PropertyDeclarations } from "lit";
import type { Client, Message } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { base } from "#ui/theme/tokens.ts";
import { Part } from "../part.ts";
import { callDesk } from "./call-desk.ts";
import { duration } from "./duration.ts";
import { callIcon, callIconStyles } from "./icons.ts";

/** Beside the line of a call: how long it was; or, of one that was missed, the way to call back. */
export class CallBack extends Part {
  static override styles = [
    base,
    buttonStyles,
    callIconStyles,
    css`
      .button {
        display: flex;
        inline-size: fit-content;
        margin: var(--p-space-2) auto 0;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
  };
  message!: Message;

  protected override watches({ state, site }: Client) {
    return [state.conversations, site];
  }

  override render() {
    const { call, by } = this.message.system ?? {};
    const { client, i18n } = this.ctx;
    if (call?.outcome === "ended") return html` · ${duration(call.seconds)}`;
    const missed = call && by?.id !== client.me?.id;
    const one = client.state.conversations.find(({ id }) => id === this.message.conversation_id);
    const { peer } = one ?? {};
    if (!missed || !one?.can_call || !peer) return nothing;
    return html`<button type="button" class="button small soft" part="button"
      @click=${() => void callDesk(client).prepare(peer, call.media)}>${callIcon(call.media)}${i18n.t("calls.back")}</button>`;
  }
}

define("parvis-call-back", CallBack);
