import { html, nothing } from "lit";
import { define } from "../../../ui/src/define.ts";
import { SettingsScreen } from "../settings/drafting.ts";
import { copy } from "../shell/copy.ts";
import type { Settings, Theme } from "../wire.ts";
import "./header.ts";
import "./stage.ts";
import { styleOf, stylesheet } from "./style.ts";
import "./theme.ts";

const TEMPLATES = [1, 2, 3] as const;

/** How the messages look. The website's own stylesheet wins over what is chosen here. */
export class AdminDesign extends SettingsScreen {
  override render() {
    return html`${this.head(this.t("nav.design"), nothing, this.t("design.hint"))}${this.when(
      this.settings,
      (settings) => {
        const shown = this.draft ?? settings;
        return html`<div class="split"><div
          >${this.template("list_template", shown)}${this.template("detail_template", shown)}<admin-header
            .desk=${this.desk} .value=${shown.texts} @put=${(
              event: CustomEvent<Settings["texts"]>,
            ) => this.put("texts", event.detail)}></admin-header><admin-theme
            .desk=${this.desk} .value=${shown.theme} @put=${(event: CustomEvent<Theme>) =>
              this.put("theme", event.detail)}></admin-theme>${this.css(shown)}</div>
        <div class="beside"><h2 class="title" style="margin-block-end:8px">${this.t("design.preview")}</h2
          >${this.stage(shown)}</div></div>${this.footer()}`;
      },
    )}`;
  }

  private stage(shown: Settings) {
    const marks = {
      "list-template": String(shown.list_template ?? 2),
      "detail-template": String(shown.detail_template ?? 2),
    };
    const key = JSON.stringify(marks);
    if (key !== this.marksKey) {
      this.marksKey = key;
      this.marks = marks;
    }
    return html`<admin-stage .element=${"parvis-direct-messages"} .marks=${this.marks} .look=${styleOf(shown.theme)}></admin-stage><p
      class="hint" style="margin-block-start:8px">${this.t("design.preview.hint")}</p>`;
  }

  private marks: Record<string, string> = {};
  private marksKey = "";

  private template(name: "list_template" | "detail_template", shown: Settings) {
    const chosen = shown[name] ?? 2;
    return html`<section class="card"><h2>${this.t(`design.${name}`)}</h2><div class="cards" role="radiogroup"
      aria-label=${this.t(`design.${name}`)} style="margin-block-start:12px">
      ${TEMPLATES.map(
        (
          one,
        ) => html`<label><input type="radio" name=${name} .checked=${chosen === one} @change=${() =>
          this.put(
            name,
            one,
          )} />${sketch(name, one)}<span><b>${one}</b> · ${this.t(`design.${name}.${one}`)}</span
          ></label>`,
      )}</div></section>`;
  }

  private css(shown: Settings) {
    const text = stylesheet(styleOf(shown.theme));
    return html`<section class="card stack"><div><h2 class="title">${this.t("design.css")}</h2><p class="hint"
      >${this.t("design.css.hint")}</p></div><pre class="code" tabindex="0">${text}</pre><div
        >${copy(this.desk, text)}</div></section>`;
  }
}

/** A few strokes that say what a template is. */
function sketch(name: "list_template" | "detail_template", one: number) {
  const list = name === "list_template";
  const face = one < 3;
  const round = list || one === 2;
  const bar = (width: number) => html`<i style="inline-size:${width}%"></i>`;
  const picture = html`<i style="flex:none;inline-size:26px;block-size:26px;border-radius:${round ? "50%" : "4px"}"></i>`;
  const line = (width: number) =>
    html`<span style="display:flex;gap:8px;align-items:center">${face ? picture : nothing}<span
      style="flex:1;display:grid;gap:4px">${bar(width)}${list ? bar(width / 2) : nothing}</span>${
        list && one > 1
          ? html`<i style="inline-size:8px;block-size:8px;background:var(--p-accent)"></i>`
          : nothing
      }</span>`;
  return html`<span class="template" aria-hidden="true">${line(80)}${line(60)}</span>`;
}

define("admin-design", AdminDesign);
