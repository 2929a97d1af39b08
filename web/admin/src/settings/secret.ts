import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { copy } from "../shell/copy.ts";
import { Loaded, Screen } from "../shell/screen.ts";

interface Secret {
  secret: string;
  previous_until: string | null;
}

/** The secret that the website signs its members in with, and its successor. */
export class AdminSecret extends Screen {
  static override properties: PropertyDeclarations = { seen: { state: true } };
  private seen = false;
  private readonly secret = new Loaded<Secret>(this, () => this.api.get("/settings/secret"));

  protected override begin(): void {
    void this.secret.load();
  }

  override render() {
    return html`<section class="card stack"><div><h2 class="title">${this.t("settings.secret")}</h2><p class="hint"
      >${this.t("settings.secret.hint")}</p></div>${this.when(
        this.secret,
        ({
          secret,
          previous_until: until,
        }) => html`<div class="row"><code class="code grow">${this.seen ? secret : "•".repeat(24)}</code>
        <button type="button" class="button small outline" aria-pressed=${String(this.seen)} @click=${() => {
          this.seen = !this.seen;
        }}>${this.t(this.seen ? "settings.secret.hide" : "settings.secret.show")}</button>
        ${copy(this.desk, secret)}<button type="button" class="button small danger" @click=${this.rotate}
          >${this.t("settings.secret.rotate")}</button></div>
        ${
          until
            ? html`<p class="banner" style="margin:0"><span
          >${this.t("settings.secret.previous", { when: this.desk.i18n.moment(until) })}</span></p>`
            : nothing
        }`,
        1,
      )}</section>`;
  }

  private readonly rotate = async (): Promise<void> => {
    const { t } = this;
    const yes = await this.desk.ask({
      title: t("settings.secret.rotate.title"),
      text: t("settings.secret.rotate.text"),
      yes: t("settings.secret.rotate"),
      no: t("cancel"),
    });
    if (!yes) return;
    const fresh = await this.desk.try(
      () => this.api.post<Secret>("/settings/secret/rotate", { keep_hours: 24 }),
      t("settings.secret.rotated"),
    );
    if (fresh) this.secret.set(fresh);
  };
}

define("admin-secret", AdminSecret);
