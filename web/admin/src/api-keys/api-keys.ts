import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { copy } from "../shell/copy.ts";
import { icon } from "../shell/icons.ts";
import "../shell/modal.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { ApiKey } from "../wire.ts";

/** What lets another server act as the site. */
export class AdminApiKeys extends Screen {
  static override properties: PropertyDeclarations = {
    naming: { state: true },
    made: { state: true },
  };
  private naming = false;
  private made: ApiKey | null = null;
  private readonly keys = new Loaded<ApiKey[]>(this, () => this.api.all("/api-keys"));

  protected override begin(): void {
    void this.keys.load();
  }

  override render() {
    const make = html`<button type="button" class="button" @click=${() => this.ask(true)}
      >${icon("plus")}${this.t("api-keys.new")}</button>`;
    return html`${this.head(this.t("nav.api-keys"), make, this.t("api-keys.hint"))}
      ${this.when(this.keys, (keys) =>
        keys.length === 0
          ? html`<div class="card empty">${icon("key")}<h2>${this.t("api-keys.none")}</h2></div>`
          : html`<ul class="card list">${keys.map((one) => this.entry(one))}</ul>`,
      )}${this.naming ? this.window() : nothing}${this.made ? this.shownOnce(this.made) : nothing}`;
  }

  private ask(naming: boolean): void {
    this.naming = naming;
  }

  private entry(one: ApiKey) {
    const { i18n } = this.desk;
    const used = one.last_used_at
      ? this.t("api-keys.used", { when: i18n.moment(one.last_used_at) })
      : this.t("api-keys.unused");
    return html`<li>${icon("key")}<div class="grow"><b>${one.name}</b> <code class="code muted">${one.prefix}…</code><p
      class="muted small">${this.t("api-keys.made", { name: one.made_by ?? "—", when: i18n.moment(one.created_at) })} · ${used}</p></div>
      <button type="button" class="button small danger" @click=${() => this.revoke(one)}
        >${this.t("api-keys.revoke")}</button></li>`;
  }

  private window() {
    return html`<admin-modal .heading=${this.t("api-keys.new")} .hint=${this.t("api-keys.new.hint")}
      .closeLabel=${this.t("close")}
      .draw=${() => html`<form id="key-form" class="field" @submit=${this.onMake}><label for="key-name"
        >${this.t("api-keys.name")}</label><input class="input" id="key-name" name="name" required maxlength="100"
          autofocus /></form>`}
      .foot=${() => html`<button class="button" form="key-form">${this.t("create")}</button>`} @closing=${() =>
        this.ask(false)}></admin-modal>`;
  }

  private readonly onMake = async (event: Event): Promise<void> => {
    event.preventDefault();
    const body = Object.fromEntries(new FormData(event.target as HTMLFormElement));
    const made = await this.desk.try(() => this.api.post<ApiKey>("/api-keys", body));
    if (!made) return;
    this.ask(false);
    this.made = made;
    await this.keys.load();
  };

  private shownOnce(made: ApiKey) {
    return html`<admin-modal .heading=${made.name} .hint=${this.t("api-keys.once")} .closeLabel=${this.t("close")}
      .draw=${() => html`<pre class="code" tabindex="0">${made.key}</pre>`} .foot=${() =>
        copy(this.desk, made.key ?? "")}
      @closing=${() => {
        this.made = null;
      }}></admin-modal>`;
  }

  private async revoke(one: ApiKey): Promise<void> {
    const yes = await this.desk.ask({
      title: this.t("api-keys.revoke.title", { name: one.name }),
      text: this.t("api-keys.revoke.text"),
      yes: this.t("api-keys.revoke"),
      no: this.t("cancel"),
    });
    if (
      yes &&
      (await this.desk.try(() => this.api.remove(`/api-keys/${one.id}`), this.t("deleted")))
    )
      await this.keys.load();
  }
}

define("admin-api-keys", AdminApiKeys);
