import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { icon } from "../shell/icons.ts";
import { Screen } from "../shell/screen.ts";
import type { Theme } from "../wire.ts";
import { contrast, onAccent } from "./contrast.ts";
import { FONTS, isFont, LARGEST_RADIUS, styleOf } from "./style.ts";

const NAMED = Object.keys(FONTS) as (keyof typeof FONTS)[];

/** Colour, corners and font. Tells "put" with the whole of it. */
export class AdminTheme extends Screen {
  static override properties: PropertyDeclarations = {
    value: { attribute: false },
    own: { state: true },
  };
  value: Theme = { accent: null, radius: null, font: null };
  /** A font of the website's is being named. */
  private own = false;

  override render() {
    return html`<section class="card stack"><div><h2 class="title">${this.t("design.colours")}</h2><p class="hint"
      >${this.t("design.colours.hint")}</p></div>${this.colour()}${this.corners()}${this.font()}</section>`;
  }

  private put(change: Partial<Theme>): void {
    const detail: Theme = { ...this.value, ...change };
    this.dispatchEvent(new CustomEvent<Theme>("put", { detail }));
  }

  /** Back to ours. */
  private plain(name: keyof Theme) {
    return this.value[name] === null || this.value[name] === undefined
      ? nothing
      : html`<button type="button" class="button plain small" @click=${() => {
          this.own = false;
          this.put({ [name]: null });
        }}>${icon("retry")}${this.t("design.plain")}<span class="quietly"> (${this.t(`design.${name}`)})</span></button>`;
  }

  private colour() {
    const { accent } = styleOf(this.value);
    const put = (event: Event) => this.put({ accent: (event.target as HTMLInputElement).value });
    return html`<div class="field"><label for="accent">${this.t("design.accent")}</label><div class="row"><input
      class="swatch" id="accent" type="color" .value=${accent} @input=${put} /><code class="code">${accent}</code
        >${this.plain("accent")}</div>${this.checked(accent)}</div>`;
  }

  /** Text on the colour, and the colour on both backgrounds. */
  private checked(accent: string) {
    const pairs: [string, number, number][] = [
      [this.t("design.contrast.text"), contrast(accent, onAccent(accent)), 4.5],
      [this.t("design.contrast.light"), contrast(accent, "#ffffff"), 3],
      [this.t("design.contrast.dark"), contrast(accent, "#1a1c22"), 3],
    ];
    const low = pairs.some(([, ratio, least]) => ratio < least);
    return html`<div class="row" role="status">${pairs.map(
      ([label, ratio, least]) => html`<span
      class="chip ${ratio >= least ? "good" : "warn"}">${icon(
        ratio >= least ? "check" : "alert",
      )}${label} ${this.desk.i18n.number(ratio)}\u202f: 1</span>`,
    )}${low ? html`<span class="hint">${this.t("design.contrast.low")}</span>` : nothing}</div>`;
  }

  private corners() {
    const { radius } = styleOf(this.value);
    const put = (event: Event) =>
      this.put({ radius: `${(event.target as HTMLInputElement).valueAsNumber}px` });
    return html`<div class="field"><label for="radius">${this.t("design.radius")} <span class="muted numeric"
      >${radius} px</span></label><div class="row"><input class="grow" id="radius" type="range" min="0"
        max=${LARGEST_RADIUS} .value=${String(radius)} @input=${put} style="accent-color:var(--p-accent)"
          />${this.plain("radius")}</div></div>`;
  }

  private font() {
    const font = this.value.font ?? "";
    const named = NAMED.find((name) => FONTS[name] === font);
    const own = this.own || (font !== "" && !named);
    const chosen = own ? "own" : (named ?? "");
    return html`<div class="field"><label for="font">${this.t("design.font")}</label><select class="input medium"
      id="font" @change=${this.onFont}>${["", ...NAMED, "own"].map(
        (name) => html`<option value=${name} ?selected=${name === chosen}
        >${this.t(`design.font.${(name || "system") as "system"}`)}</option>`,
      )}</select></div>${own ? this.naming(font) : nothing}`;
  }

  private readonly onFont = (event: Event): void => {
    const name = (event.target as HTMLSelectElement).value;
    this.own = name === "own";
    if (!this.own) this.put({ font: FONTS[name as keyof typeof FONTS] ?? null });
  };

  private naming(font: string) {
    const put = (event: Event) => {
      const field = event.target as HTMLInputElement;
      const given = field.value.trim();
      const fits = given === "" || isFont(given);
      field.setCustomValidity(fits ? "" : this.t("design.font.names.wrong"));
      field.reportValidity();
      if (fits) this.put({ font: given || null });
    };
    return html`<div class="field"><label for="font-names">${this.t("design.font.names")}</label><input class="input"
      id="font-names" maxlength="200" placeholder="Inter, sans-serif" .value=${font} @change=${put} /><span
        class="hint">${this.t("design.font.names.hint")}</span></div>`;
  }
}

define("admin-theme", AdminTheme);
