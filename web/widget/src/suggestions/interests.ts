import { css, html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Client, Me, MePatch, ThemesOfDomain } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { fieldStyles } from "#ui/field/field.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { base } from "#ui/theme/tokens.ts";
import { Part } from "../part.ts";
import { sentenceFor } from "../problems.ts";
import { type Block, blocks, change, type Row, WAYS, type Way } from "./chosen.ts";

/** What one is interested in, offers and looks for: by the site's domains, or in one's own words. */
export class Interests extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    fieldStyles,
    css`
      :host {
        display: grid;
        gap: var(--p-space-2);
      }
      h3 {
        font-size: var(--p-type-4);
        font-weight: 600;
      }
      details,
      .own {
        border: 1px solid var(--p-line);
        border-radius: var(--p-radius-small);
        padding-inline: var(--p-space-3);
      }
      summary {
        padding-block: var(--p-space-3);
        font-weight: 600;
        cursor: pointer;
      }
      summary .hint {
        font-weight: 400;
      }
      .theme {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--p-space-15) var(--p-space-3);
        padding-block: var(--p-space-2);
        border-block-start: 1px solid var(--p-line);
      }
      .own .theme:first-child {
        border: 0;
      }
      .theme > span {
        overflow-wrap: anywhere;
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--p-space-15);
      }
      .ways button {
        min-block-size: 32px;
        padding: var(--p-space-1) var(--p-space-2);
        border: 1px solid var(--p-field-line);
        border-radius: 99px;
        background: none;
        color: inherit;
        font-size: var(--p-type-3);
        cursor: pointer;
      }
      .ways button[aria-pressed="true"] {
        border-color: var(--p-accent-text);
        background: var(--p-accent-soft);
        color: var(--p-accent-text);
        box-shadow: inset 0 0 0 1px;
      }
      form {
        display: flex;
        gap: var(--p-space-2);
        align-items: end;
      }
      form .field {
        flex: 1;
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
    domains: { state: true },
    saved: { state: true },
    error: { state: true },
  };

  private domains: readonly ThemesOfDomain[] | null = null;
  private saved = false;
  private shown: readonly string[] = [];
  private error: unknown = null;
  /** One change after the other: each starts from what the one before left. */
  private saving: Promise<unknown> = Promise.resolve();

  protected override watches({ me, site }: Client) {
    return [me, site];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.hasUpdated) void this.load();
  }

  override render() {
    const { i18n, client } = this.ctx;
    const { me } = client;
    if (!me || !client.site?.features.matchmaking || !this.domains) return nothing;
    return html`<h3>${i18n.t("suggestions.interests")}</h3>
      <p class="hint">${i18n.t("suggestions.interests.hint")}</p>
      ${this.blocks(me, this.domains).map((block) => this.block(block))}
      ${this.domains.length ? nothing : this.adding()}
      <parvis-not-for-me .ctx=${this.ctx}></parvis-not-for-me>
      <p class="saved" role="status">${this.saved ? html`${icon("check")}${i18n.t("settings.saved")}` : nothing}</p>
      ${this.error ? html`<p class="error" role="alert">${icon("alert")}<span>${sentenceFor(this.error, i18n)}</span></p>` : nothing}`;
  }

  /** What stood there stays, so that one can say it again; it is gone when one comes back. */
  private blocks(me: Me, domains: readonly ThemesOfDomain[]): Block[] {
    const found = blocks(me, domains, this.shown);
    const own = found.find(({ domain }) => domain === null);
    this.shown = own?.rows.map(({ theme }) => theme) ?? [];
    return found;
  }

  private block({ domain, rows }: Block) {
    const { i18n } = this.ctx;
    const list = repeat(
      rows,
      ({ theme }) => theme,
      (row) => this.theme(row),
    );
    if (domain === null) return html`<div class="own">${list}</div>`;
    const chosen = rows.filter(({ says }) => says.size > 0).length;
    return html`<details><summary><span dir="auto">${domain}</span>
      ${chosen ? html`<span class="hint"> · ${i18n.plural("suggestions.chosen", chosen)}</span>` : nothing}</summary>${list}</details>`;
  }

  private theme({ theme, says }: Row) {
    const { i18n } = this.ctx;
    const button = (way: Way) =>
      html`<button type="button" aria-pressed=${says.has(way) ? "true" : "false"} @click=${() => this.say(theme, way, !says.has(way))}>${i18n.t(`suggestions.way.${way}`)}</button>`;
    return html`<div class="theme" role="group" aria-label=${theme}><span dir="auto">${theme}</span><div class="ways">${WAYS.map(button)}</div></div>`;
  }

  private adding() {
    const { i18n } = this.ctx;
    return html`<form @submit=${this.onAdd}>
      <div class="field"><label for="theme">${i18n.t("suggestions.theme")}</label>
        <input class="input" id="theme" name="theme" maxlength="80" autocomplete="off" dir="auto" required /></div>
      <button class="button soft">${i18n.t("suggestions.theme.add")}</button>
    </form>`;
  }

  private onAdd = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const theme = String(new FormData(form).get("theme") ?? "").trim();
    if (!theme) return;
    form.reset();
    this.say(theme, "interests", true);
  };

  private say(theme: string, way: Way, on: boolean): void {
    this.saved = false;
    this.saving = this.saving.then(async () => {
      const { me } = this.client;
      if (!me) return;
      const patch: MePatch = change(me, theme, way, on);
      this.error = null;
      try {
        await this.client.updateMe(patch);
        this.saved = true;
      } catch (error) {
        this.error = error;
      }
    });
  }

  private async load(): Promise<void> {
    try {
      this.domains = await (await this.client.suggestions()).themes();
    } catch (error) {
      this.error = error;
      this.domains = [];
    }
  }
}

define("parvis-interests", Interests);
