import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import "../design/stage.ts";
import { copy } from "../shell/copy.ts";
import { icon } from "../shell/icons.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import { chosen, element, type Option, PIECES, type Piece } from "./tags.ts";

interface Check {
  reachable: boolean;
  script: boolean;
  site: string | null;
  elements: string[];
  problems: string[];
}

/** What to paste into the website, element by element. */
export class AdminEmbed extends Screen {
  static override properties: PropertyDeclarations = {
    check: { state: true },
    checking: { state: true },
  };
  private check: Check | null = null;
  private checking = false;
  private marks: Record<string, string> = {};
  private readonly site = new Loaded<{ embed: string }>(this, () => this.api.get("/site"));

  protected override begin(): void {
    void this.site.load();
  }

  private get piece(): Piece {
    return PIECES.find(({ tag }) => tag === this.place.rest[0]) ?? (PIECES[0] as Piece);
  }

  override render() {
    const { piece } = this;
    return html`${this.head(this.t("nav.embed"), nothing, this.t("embed.hint"))}
      <section class="card stack"><div><h2 class="title">${this.t("embed.script")}</h2><p class="hint"
        >${this.t("embed.script.hint")}</p></div>
        ${this.when(
          this.site,
          ({ embed }) => html`<pre class="code" tabindex="0">${embed}</pre><div
          >${copy(this.desk, embed)}</div>`,
          1,
        )}</section>
      <nav class="tabs" aria-label=${this.t("embed.elements")}>${PIECES.map(
        ({ tag }) => html`<a
        href=${this.desk.link("embed", [tag])} aria-current=${tag === piece.tag ? "page" : nothing}
          >${this.t(`embed.${tag as "parvis-messenger"}`)}</a>`,
      )}</nav>
      ${this.one(piece)}${this.checker()}`;
  }

  private one(piece: Piece) {
    const marks = chosen(piece, this.place.query);
    const tag = element(piece, marks);
    // Only another object makes the preview begin again.
    if (JSON.stringify(marks) !== JSON.stringify(this.marks)) this.marks = marks;
    return html`<div class="split"><section class="card stack"><p class="hint"
      >${this.t(`embed.${piece.tag as "parvis-messenger"}.hint`)}</p>
        ${piece.options.map((option) => this.option(option))}
        <div><h3 class="strong">${this.t("embed.tag")}</h3><p class="hint">${this.t("embed.tag.hint")}</p></div><pre
          class="code" tabindex="0">${tag}</pre><div>${copy(this.desk, tag)}</div></section>
      <div class="beside"><h2 class="title" style="margin-block-end:8px">${this.t("design.preview")}</h2><admin-stage
        .element=${piece.tag} .marks=${this.marks}></admin-stage><p class="hint" style="margin-block-start:8px"
          >${this.t("design.preview.hint")}</p></div></div>`;
  }

  private set(name: string, value: string | null): void {
    const query = new URLSearchParams(this.place.query);
    if (value === null) query.delete(name);
    else query.set(name, value);
    this.desk.router.adjust(query);
  }

  private option(option: Option) {
    const { query } = this.place;
    const { name } = option;
    const label = this.desk.i18n.find(`embed.option.${name}`) ?? name;
    if (option.kind === "switch")
      return html`<label class="check"><input type="checkbox" .checked=${query.has(name)} @change=${() =>
        this.set(name, query.has(name) ? null : "")} /><span>${label}</span></label>`;
    if (option.kind === "text")
      return html`<div class="field"><label for="option-${name}">${label}</label><input class="input medium"
        id="option-${name}" .value=${query.get(name) ?? option.value} @change=${(event: Event) =>
          this.set(name, (event.target as HTMLInputElement).value.trim() || null)} /></div>`;
    const value = query.get(name) ?? "";
    return html`<fieldset><legend>${label}</legend><div class="pick"><label><input type="radio" name=${name}
      .checked=${!value} @change=${() => this.set(name, null)} />${this.t("embed.option.default")}</label>
      ${option.values.map(
        (one) => html`<label><input type="radio" name=${name} .checked=${value === one}
        @change=${() => this.set(name, one)} />${this.desk.i18n.find(`embed.value.${one}`) ?? one}</label>`,
      )}</div
          ></fieldset>`;
  }

  private checker() {
    const { check } = this;
    return html`<section class="card stack" style="margin-block-start:20px"><div><h2 class="title"
      >${this.t("embed.check")}</h2><p class="hint">${this.t("embed.check.hint")}</p></div>
      <form class="row" style="align-items:end" @submit=${this.onCheck}><div class="field grow"
        style="max-inline-size:480px"><label for="check-url">${this.t("embed.check.url")}</label><input class="input"
          id="check-url" name="url" type="url" required placeholder="https://www.example.com/community" /></div><button
            class="button soft" ?disabled=${this.checking}>${this.t("embed.check.yes")}</button></form>
      <div role="status">${
        check
          ? html`<ul class="stack" style="gap:6px"
            >${this.found(check.reachable, "embed.check.reachable")}${this.found(check.script, "embed.check.script")}
        ${
          check.elements.length > 0
            ? html`<li class="row">${icon("check")}<span class="code small"
          >${check.elements.map((tag) => `<${tag}>`).join(" ")}</span></li>`
            : nothing
        }
        ${check.problems.map(
          (problem) => html`<li class="row"><span class="chip warn">${icon("alert")}${problem}</span
          ></li>`,
        )}</ul>`
          : nothing
      }</div></section>`;
  }

  private found(yes: boolean, label: "embed.check.reachable" | "embed.check.script") {
    return html`<li><span class="chip ${yes ? "good" : "bad"}">${icon(yes ? "check" : "close")}${this.t(label)}</span></li>`;
  }

  private readonly onCheck = async (event: Event): Promise<void> => {
    event.preventDefault();
    const url = String(new FormData(event.target as HTMLFormElement).get("url"));
    this.checking = true;
    this.check = (await this.desk.try(() => this.api.get<Check>("/embed/check", { url }))) ?? null;
    this.checking = false;
  };
}

define("admin-embed", AdminEmbed);
