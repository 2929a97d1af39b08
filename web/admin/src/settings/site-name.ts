import { html } from "lit";
import { define } from "../../../ui/src/define.ts";
import { Loaded, Screen } from "../shell/screen.ts";

interface Site {
  slug: string;
  name: string;
  public_url?: string;
}

/** What the site is called. */
export class AdminSiteName extends Screen {
  private readonly site = new Loaded<Site>(this, () => this.api.get("/site"));

  protected override begin(): void {
    void this.site.load();
  }

  override render() {
    return html`<section class="card"><h2>${this.t("settings.site")}</h2>${this.when(
      this.site,
      (
        site,
      ) => html`<form class="row" style="align-items:end;margin-block-start:12px" @submit=${this.onSubmit}><div
        class="field medium"><label for="site-name">${this.t("settings.site.name")}</label><input class="input"
          id="site-name" name="name" required maxlength="80" .value=${site.name} /></div>
      <button class="button soft">${this.t("settings.site.save")}</button></form>`,
      1,
    )}</section>`;
  }

  private readonly onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { name } = Object.fromEntries(new FormData(event.target as HTMLFormElement));
    const saved = await this.desk.try(
      () => this.api.patch<Site>("/site", { name }),
      this.t("saved"),
    );
    const { session, sessions } = this.desk;
    if (!saved || !session) return;
    sessions.put({ ...session, site: { ...session.site, name: String(name) } });
    this.desk.changed();
  };
}

define("admin-site-name", AdminSiteName);
