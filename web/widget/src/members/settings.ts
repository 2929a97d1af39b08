import { css, html, nothing, type PropertyDeclarations } from "lit";
import type { Client, MePatch } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { fieldStyles } from "#ui/field/field.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { switchStyles } from "#ui/switch/switch.styles.ts";
import { base } from "#ui/theme/tokens.ts";
import { barStyles, screenBar } from "../bar.ts";
import "../contacts/blocked.ts";
import { face } from "../face.ts";
import { isQuiet, setQuiet } from "../news/choice.ts";
import { Part } from "../part.ts";
import { sentenceFor } from "../problems.ts";
import { Suggesting } from "./suggesting.ts";

/** One's own profile, as far as it is changed here. */
export class Settings extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    fieldStyles,
    switchStyles,
    barStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        block-size: 100%;
        min-block-size: 0;
      }
      .scroll {
        flex: 1;
        min-block-size: 0;
      }
      .inner {
        display: grid;
        gap: var(--p-space-8);
        max-inline-size: 520px;
        padding: var(--p-space-4) var(--p-space-6) var(--p-space-8);
        margin-inline: auto;
      }
      .me {
        display: grid;
        justify-items: center;
        gap: var(--p-space-1);
        text-align: center;
      }
      .me parvis-avatar {
        --size: 80px;
        margin-block-end: var(--p-space-2);
      }
      .me b {
        font-size: var(--p-type-7);
        font-weight: 650;
      }
      .choice {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: var(--p-space-1) var(--p-space-4);
        align-items: center;
      }
      .choice .hint {
        grid-column: 1 / -1;
      }
      form .button {
        justify-self: start;
      }
      form {
        display: grid;
        gap: var(--p-space-3);
      }
      .saved {
        display: flex;
        align-items: center;
        gap: var(--p-space-15);
        min-block-size: 20px;
        font-size: var(--p-type-4);
        color: var(--p-muted);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    leading: { attribute: false },
    trailing: { attribute: false },
    saving: { state: true },
    saved: { state: true },
    error: { state: true },
  };

  leading: unknown = nothing;
  trailing: unknown = nothing;
  private saving: keyof MePatch | null = null;
  private saved: keyof MePatch | null = null;
  private error: unknown = null;
  private readonly suggesting = new Suggesting(
    this,
    () => this.client.site?.features.matchmaking ?? false,
    (error) => this.tell("failed", error),
  );

  protected override watches({ me, site }: Client) {
    return [me, site];
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("h2")?.focus();
  }

  override render() {
    const { i18n, client } = this.ctx;
    const { me } = client;
    if (!me) return nothing;
    return html`${screenBar(i18n.t("settings.title"), this.leading, this.trailing)}
      <div class="scroll"><div class="inner">
        <div class="me">${face(this.ctx, me)}<b dir="auto">${me.name}</b><bdi class="hint">@${me.login}</bdi></div>
        ${this.contactable(me.contactable)} ${this.news()} ${this.headline(me.headline ?? "")}
        ${this.suggesting.ready ? html`<parvis-interests .ctx=${this.ctx}></parvis-interests>` : nothing}
        <parvis-call-notices hidden .ctx=${this.ctx}></parvis-call-notices>
        <parvis-blocked .ctx=${this.ctx} @done=${this.pass} @failed=${this.pass}></parvis-blocked>
        <button type="button" class="button plain keys" @click=${() => this.tell("shortcuts")}>${i18n.t("settings.shortcuts")}</button>
        ${this.error ? html`<p class="error" role="alert">${icon("alert")}<span>${sentenceFor(this.error, i18n)}</span></p>` : nothing}
        ${
          client.options.keepSession || client.site?.accounts === "password"
            ? html`<button type="button" class="button plain" @click=${() => client.signOut()}>${i18n.t("settings.sign_out")}</button>`
            : nothing
        }
      </div></div>`;
  }

  private contactable(on: boolean) {
    const { i18n } = this.ctx;
    return html`<div class="choice">
      <label class="label" for="contactable">${i18n.t("settings.contactable")}</label>
      <input class="switch" type="checkbox" role="switch" id="contactable" aria-describedby="contactable-hint" .checked=${on}
        ?disabled=${this.saving === "contactable"} @change=${this.onContactable} />
      <p class="hint" id="contactable-hint">${i18n.t("settings.contactable.hint")}</p>
    </div>`;
  }

  private news() {
    const { i18n, client } = this.ctx;
    return html`<div class="choice">
      <label class="label" for="news">${i18n.t("settings.news")}</label>
      <input class="switch" type="checkbox" role="switch" id="news" aria-describedby="news-hint" .checked=${!isQuiet(client)} @change=${this.onNews} />
      <p class="hint" id="news-hint">${i18n.t("settings.news.hint")}</p>
    </div>`;
  }

  private headline(value: string) {
    const { i18n } = this.ctx;
    return html`<form @submit=${this.onHeadline}>
      <div class="field">
        <label for="headline">${i18n.t("settings.headline")}</label>
        <input class="input" id="headline" name="headline" maxlength="160" autocomplete="off" dir="auto" aria-describedby="headline-hint" .value=${value} />
        <p class="hint" id="headline-hint">${i18n.t("settings.headline.hint")}</p>
      </div>
      <div class="saved" role="status">
        <button class="button soft small" ?disabled=${this.saving === "headline"}>${i18n.t("settings.save")}</button>
        ${this.saved ? html`${icon("check")}${i18n.t("settings.saved")}` : nothing}
      </div>
    </form>`;
  }

  private onContactable = async (event: Event): Promise<void> => {
    const box = event.target as HTMLInputElement;
    if (!(await this.save({ contactable: box.checked }))) box.checked = !box.checked;
  };

  private onNews = (event: Event): void => {
    const box = event.target as HTMLInputElement;
    if (!setQuiet(this.client, !box.checked)) box.checked = true;
  };

  private onHeadline = (event: SubmitEvent): void => {
    event.preventDefault();
    const headline = String(
      new FormData(event.target as HTMLFormElement).get("headline") ?? "",
    ).trim();
    void this.save({ headline: headline || null });
  };

  private async save(patch: Partial<MePatch>): Promise<boolean> {
    const field = Object.keys(patch)[0] as keyof MePatch;
    this.saving = field;
    this.saved = null;
    this.error = null;
    try {
      await this.client.updateMe(patch);
      this.saved = field;
      return true;
    } catch (error) {
      this.error = error;
      return false;
    } finally {
      this.saving = null;
    }
  }
}

define("parvis-settings", Settings);
