import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { define } from "../../../ui/src/define.ts";
import { icon } from "../shell/icons.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { Rule, RulesPreview } from "../wire.ts";

/** What would change if these rules were saved. */
export class AdminRulesPreview extends Screen {
  static override properties: PropertyDeclarations = { rules: { attribute: false } };
  rules: Rule[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = "";
  private readonly effect = new Loaded<RulesPreview>(this, () =>
    this.api.post("/rules/preview", { rules: this.rules }),
  );

  protected override willUpdate(changed: PropertyValues): void {
    const asking = JSON.stringify(this.rules);
    if (!changed.has("rules") || asking === this.asked) return;
    this.asked = asking;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.effect.load(), 400);
  }

  override render() {
    return html`<section class="card" aria-live="polite"><h2>${this.t("rules.preview")}</h2
      >${this.when(this.effect, (effect) => this.told(effect), 1)}</section>`;
  }

  private told(effect: RulesPreview) {
    const { i18n } = this.desk;
    const lines = [
      effect.opened && i18n.plural("rules.preview.opened", effect.opened),
      effect.closed && i18n.plural("rules.preview.closed", effect.closed),
      effect.reply_closed && i18n.plural("rules.preview.reply_closed", effect.reply_closed),
      effect.reply_opened && i18n.plural("rules.preview.reply_opened", effect.reply_opened),
    ].filter(Boolean);
    if (lines.length === 0) return html`<p class="hint">${this.t("rules.preview.none")}</p>`;
    return html`<ul class="stack" style="gap:6px;margin-block:10px">${lines.map(
      (line) => html`<li class="row"
      >${icon("next")}<span class="grow">${line}</span></li>`,
    )}</ul>
      ${
        effect.sample.length > 0
          ? html`<details><summary>${this.t("rules.preview.sample")}</summary><ul
        class="small stack" style="gap:4px;margin-block-start:8px">${effect.sample.map(
          (one) => html`<li
          >${one.from.name} → ${one.to.name}, ${this.t(`rules.right.${one.right}`)}\u202f: <s class="muted"
            >${this.t(one.before ? "rules.may" : "rules.maynot")}</s> ${this.t(
              one.after ? "rules.may" : "rules.maynot",
            )}</li>`,
        )}</ul></details>`
          : nothing
      }
      <p class="hint">${this.t("rules.preview.kept")}</p>`;
  }
}

define("admin-rules-preview", AdminRulesPreview);
