import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { List, Settings, TextItem } from "../wire.ts";

type Texts = Settings["texts"];

/** The sentence that stands there. */
const KEY = "messenger.title";

/** What stands at the head of the messages, in each language. Tells "put" with the site's own sentences. */
export class AdminHeader extends Screen {
  static override properties: PropertyDeclarations = { value: { attribute: false } };
  value: Texts = {};
  private readonly texts = new Loaded<List<TextItem>>(this, () => this.api.get("/texts"));

  protected override begin(): void {
    void this.texts.load();
  }

  override render() {
    const built = this.texts.value?.items.find((one) => one.key === KEY)?.defaults;
    if (!built) return nothing;
    return html`<section class="card stack"><div><h2 class="title">${this.t("design.header")}</h2><p class="hint"
      >${this.t("design.header.hint")}</p></div>${Object.entries(built).map(([lang, text]) => this.field(lang, text))}</section>`;
  }

  private field(lang: string, built: string) {
    const name = new Intl.DisplayNames([this.desk.i18n.lang], { type: "language" }).of(lang);
    const id = `header-${lang}`;
    return html`<div class="field"><label for=${id}>${name}</label><input id=${id} lang=${lang} maxlength="60"
      placeholder=${built} .value=${this.value?.[lang]?.[KEY] ?? ""} @input=${(event: Event) =>
        this.put(lang, (event.target as HTMLInputElement).value.trim())} /></div>`;
  }

  private put(lang: string, text: string): void {
    const { [KEY]: _before, ...others } = this.value?.[lang] ?? {};
    const own = text ? { ...others, [KEY]: text } : others;
    const { [lang]: _now, ...languages } = this.value ?? {};
    const detail = Object.keys(own).length > 0 ? { ...languages, [lang]: own } : languages;
    this.dispatchEvent(new CustomEvent<Texts>("put", { detail }));
  }
}

define("admin-header", AdminHeader);
