import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { MEMBER_LANGUAGES } from "../i18n/i18n.ts";
import { icon } from "../shell/icons.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { TextItem } from "../wire.ts";
import { areaOf, matches, unknownPlaceholders } from "./search.ts";

/** Every sentence that members see, in each language. */
export class AdminTexts extends Screen {
  static override properties: PropertyDeclarations = {
    draft: { state: true },
    busy: { state: true },
  };
  /** `{lang}.{key}`, as far as changed; empty: ours again. */
  private draft: ReadonlyMap<string, string> = new Map();
  private busy = false;
  private readonly all = new Loaded<TextItem[]>(
    this,
    async () => (await this.api.get<{ items: TextItem[] }>("/texts")).items,
  );

  protected override begin(): void {
    void this.all.load();
  }

  private get spoken(): string {
    const given = this.place.query.get("lang");
    return given && Object.hasOwn(MEMBER_LANGUAGES, given) ? given : this.desk.i18n.lang;
  }

  override render() {
    const { query } = this.place;
    return html`${this.head(this.t("nav.texts"), nothing, this.t("texts.hint"))}
      <div class="row spread" style="margin-block-end:12px"><span class="search grow" style="max-inline-size:420px"
        ><span class="search" style="display:block">${icon("search")}<input class="input" type="search"
          style="background:var(--p-surface);border-color:var(--p-line)" aria-label=${this.t("texts.search")}
            placeholder=${this.t("texts.search")} .value=${query.get("query") ?? ""} @input=${this.onSearch} /></span></span>
        <div class="pick" role="radiogroup" aria-label=${this.t("texts.language")}
          >${Object.keys(MEMBER_LANGUAGES).map(
            (lang) => html`<label lang=${lang}><input type="radio"
            name="lang" .checked=${lang === this.spoken} @change=${() => this.set("lang", lang)}
            />${MEMBER_LANGUAGES[lang]}</label>`,
          )}</div>
        <label class="check small"><input type="checkbox" .checked=${query.has("changed")} @change=${() =>
          this.set(
            "changed",
            query.has("changed") ? "" : "true",
          )} /><span>${this.t("texts.changed")}</span></label></div>
      ${this.when(this.all, (items) => this.list(items))}`;
  }

  private readonly onSearch = (event: Event): void =>
    this.set("query", (event.target as HTMLInputElement).value);

  private set(name: string, value: string): void {
    const query = new URLSearchParams(this.place.query);
    if (value) query.set(name, value);
    else query.delete(name);
    this.desk.router.adjust(query);
  }

  private list(items: TextItem[]) {
    const lang = this.spoken;
    const words = this.place.query.get("query") ?? "";
    const only = this.place.query.has("changed");
    const shown = items.filter(
      (item) =>
        matches(item, words, lang) &&
        (!only || item.custom[lang] || this.draft.has(`${lang}.${item.key}`)),
    );
    const wrong = [...this.draft].some(([id, text]) => this.wrongIn(items, id, text).length > 0);
    let area = "";
    return html`${
      shown.length === 0
        ? html`<div class="card empty">${icon("texts")}<h2>${this.t("texts.none")}</h2></div>`
        : html`<div class="card" style="padding:4px 20px 12px">${shown.slice(0, 150).map((item) => {
            const first = areaOf(item.key) !== area;
            area = areaOf(item.key);
            return html`${
              first
                ? html`<h2 class="title" style="padding-block:18px 4px">${this.desk.i18n.find(`texts.area.${area}`) ?? area}</h2>`
                : nothing
            }${this.row(item)}`;
          })}</div>${
            shown.length > 150
              ? html`<p class="hint"
            >${this.desk.i18n.plural("texts.more", shown.length - 150)}</p>`
              : nothing
          }`
    }
      ${this.foot(
        this.draft.size > 0,
        () => this.save(wrong),
        () => {
          this.draft = new Map();
        },
        this.busy,
      )}`;
  }

  private wrongIn(items: TextItem[], id: string, text: string): string[] {
    const item = items.find((one) => one.key === id.slice(id.indexOf(".") + 1));
    return item ? unknownPlaceholders(text, item.placeholders) : [];
  }

  private row(item: TextItem) {
    const lang = this.spoken;
    const id = `${lang}.${item.key}`;
    const ours = item.defaults[lang] ?? item.defaults.en ?? "";
    const text = this.draft.get(id) ?? item.custom[lang] ?? "";
    const wrong = unknownPlaceholders(text, item.placeholders);
    return html`<div class="field" style="padding-block:10px;border-block-end:1px solid var(--p-line)"><label
      for="text-${item.key}" lang=${lang} style="font-weight:500">${ours}</label>
      <textarea class="input" id="text-${item.key}" style="min-block-size:42px" rows="1" lang=${lang}
        placeholder=${ours} .value=${text} aria-invalid=${wrong.length > 0 ? "true" : nothing}
          aria-describedby="hint-${item.key}" @input=${(event: Event) =>
            this.put(item, (event.target as HTMLTextAreaElement).value)}></textarea>
      <span class="hint row spread" id="hint-${item.key}"><code class="code small">${item.key}</code>${
        wrong.length > 0
          ? html`<span class="error">${this.t("texts.wrong", { names: wrong.join(", ") })}</span>`
          : item.placeholders.length > 0
            ? html`<span>${this.t("texts.placeholders")} ${item.placeholders
                .map((name) => `{${name}}`)
                .join(" ")}</span>`
            : nothing
      }
        ${
          text
            ? html`<button type="button" class="link small" @click=${() => this.put(item, "")}
          >${this.t("texts.reset")}</button>`
            : nothing
        }</span></div>`;
  }

  private put(item: TextItem, text: string): void {
    const id = `${this.spoken}.${item.key}`;
    const draft = new Map(this.draft);
    if (text === (item.custom[this.spoken] ?? "")) draft.delete(id);
    else draft.set(id, text);
    this.draft = draft;
  }

  private async save(wrong: boolean): Promise<void> {
    if (wrong) return this.desk.toast(this.t("texts.wrong.save"));
    const texts: Record<string, Record<string, string | null>> = {};
    for (const [id, text] of this.draft) {
      const at = id.indexOf(".");
      const lang = id.slice(0, at);
      texts[lang] = { ...texts[lang], [id.slice(at + 1)]: text.trim() || null };
    }
    this.busy = true;
    const done = await this.desk.try(
      () => this.api.patch("/settings", { texts }),
      this.t("texts.saved"),
    );
    this.busy = false;
    if (!done) return;
    await this.all.load();
    this.draft = new Map();
  }
}

define("admin-texts", AdminTexts);
