import { html, nothing, type PropertyDeclarations } from "lit";
import { html as dynamic, unsafeStatic } from "lit/static-html.js";
import "../../../ui/src/avatar/avatar.ts";
import { define } from "../../../ui/src/define.ts";
import { LANGUAGES } from "../i18n/i18n.ts";
import { icon } from "./icons.ts";
import "./menu.ts";
import type { Part } from "./menu.ts";
import { GROUPS, SECTIONS, type Section } from "./nav.ts";
import { Screen } from "./screen.ts";

/** What stands around every screen: where one is, where one can go, who one is. */
export class AdminFrame extends Screen {
  static override properties: PropertyDeclarations = {
    loaded: { state: true },
    failing: { state: true },
    drawer: { state: true },
    waiting: { state: true },
  };
  private loaded = new Set<string>();
  private failing = false;
  private drawer = false;
  private waiting = 0;
  private last = "";

  protected override begin(): void {
    this.listen(this.desk.router, "change", () => {
      this.drawer = false;
    });
    this.every(60_000, () => void this.count());
    this.until(
      this.desk.live.on(
        (event) => /^(organizer_)?conversation\.|^message\.created/.test(event.type) && this.soon(),
        () => this.soon(),
      ),
    );
    void this.count();
  }

  private timer: ReturnType<typeof setTimeout> | undefined;
  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.count(), 800);
  }

  /** How many conversations with participants wait for an answer. */
  private async count(): Promise<void> {
    const query = { kind: "organizer", state: "open", unread: true, limit: 100 };
    const page = await this.api
      .get<{ items: { unread: number }[] }>("/conversations", query)
      .catch(() => null);
    if (page) this.waiting = page.items.length;
  }

  private get section(): Section | undefined {
    const { section } = this.place;
    const found = SECTIONS.find((one) => one.name === (section || "overview"));
    return found && this.desk.may(found.role) ? found : undefined;
  }

  protected override willUpdate(): void {
    const { section } = this;
    if (!section || this.loaded.has(section.name)) return;
    section.load().then(
      () => {
        this.loaded = new Set(this.loaded).add(section.name);
        this.failing = false;
      },
      () => {
        this.failing = true;
      },
    );
  }

  protected override updated(): void {
    const { section } = this;
    const name = section ? this.t(section.label) : this.t("missing.title");
    document.title = `${name} · ${this.desk.session?.site.name ?? "Parvis"}`;
    const key = `${this.place.site}/${section?.name}`;
    if (this.last && this.last !== key) this.querySelector("main")?.scrollTo(0, 0);
    this.last = key;
  }

  override render() {
    if (!this.desk.session) return nothing;
    return html`<div class="frame">
        <header class="top"><button type="button" class="skip" @click=${this.skip}>${this.t("nav.skip")}</button>
          <div class="bar"><button type="button" class="round" aria-label=${this.t("nav.open")}
            aria-expanded=${String(this.drawer)} @click=${this.onMenu}>${icon(this.drawer ? "close" : "menu")}</button>
            <strong>${this.desk.session.site.name}</strong></div></header>
        <div class="side ${this.drawer ? "open" : ""}" @keydown=${this.onKey}>${this.side()}</div>
        ${
          this.drawer
            ? html`<div class="veil" @click=${() => {
                this.drawer = false;
              }}></div>`
            : nothing
        }
        <main id="main" tabindex="-1">${this.screen()}</main>
      </div>`;
  }

  private readonly onMenu = (): void => {
    this.drawer = !this.drawer;
  };

  private readonly skip = (): void => {
    this.querySelector<HTMLElement>("main")?.focus();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") this.drawer = false;
  };

  private side() {
    return html`${this.switcher()}
      <nav aria-label=${this.t("nav.label")}>${GROUPS.map(({ label, sections }) => {
        const seen = sections.filter((one) => this.desk.may(one.role));
        if (seen.length === 0) return nothing;
        return html`${label ? html`<h2>${this.t(label)}</h2>` : nothing}
          <ul>${seen.map((one) => this.entry(one))}</ul>`;
      })}</nav>
      ${this.me()}`;
  }

  private entry(section: Section) {
    const here = section.name === this.section?.name;
    const href = this.desk.link(section.name === "overview" ? "" : section.name);
    const count = section.name === "messages" ? this.waiting : 0;
    return html`<li><a href=${href} aria-current=${here ? "page" : nothing}>${icon(section.icon)}<span
      >${this.t(section.label)}</span>
      ${
        count
          ? html`<b class="count" aria-label=${this.desk.i18n.plural("nav.waiting", count)}>${count}</b>`
          : nothing
      }</a></li>`;
  }

  private switcher() {
    const site = this.desk.session?.site;
    if (!site) return nothing;
    const face = html`<parvis-avatar .name=${site.name} .seed=${site.id}></parvis-avatar><span class="who"><b
      >${site.name}</b><small>${site.slug}</small></span>${icon("down")}`;
    return html`<admin-menu class="switcher" .label=${this.t("nav.sites")} .look=${"person"} .face=${face}
      .parts=${() => this.sites()}></admin-menu>`;
  }

  private sites(): Part[] {
    const { router, sessions } = this.desk;
    const choices = sessions.sites().map((one) => ({
      label: one.name,
      checked: one.slug === this.place.site,
      run: () => this.switch(one.slug, one.open),
    }));
    const other = {
      label: this.t("nav.sites.other"),
      icon: "plus" as const,
      run: () => router.go("/admin/"),
    };
    return [
      { heading: this.t("nav.sites"), choices },
      { choices: [{ ...other, run: () => router.go("/admin/+") }] },
    ];
  }

  private async switch(slug: string, open: boolean): Promise<void> {
    const { api, router, sessions } = this.desk;
    if (slug === this.place.site) return;
    if (!open) {
      // Without a way over, the door of that site says what it needs.
      const session = await api.post("/sessions/switch", { site: slug }).catch(() => null);
      if (session) sessions.put(session as never);
    }
    await router.go(`/admin/${slug}`);
  }

  private me() {
    const { operator } = this.desk;
    const face = html`<parvis-avatar .name=${operator.name} .seed=${operator.id}></parvis-avatar><span class="who"><b
      >${operator.name}</b><small>${this.t(`role.${operator.role}`)}</small></span>`;
    return html`<admin-menu class="me" .label=${this.t("nav.me")} .look=${"person"} .face=${face} .parts=${() =>
      this.mine()}></admin-menu>`;
  }

  private mine(): Part[] {
    const { desk } = this;
    const lang = ([code, label]: [string, string]) => ({
      label,
      checked: desk.i18n.lang === code,
      run: () => desk.speak(code),
    });
    const theme = (name: "auto" | "light" | "dark") => ({
      label: this.t(`theme.${name}`),
      checked: desk.theme === name,
      run: () => {
        desk.theme = name;
      },
    });
    return [
      {
        choices: [
          {
            label: this.t("nav.profile"),
            icon: "profile",
            run: () => desk.router.go(desk.link("profile")),
          },
        ],
      },
      { heading: this.t("nav.language"), choices: Object.entries(LANGUAGES).map(lang) },
      { heading: this.t("nav.theme"), choices: [theme("auto"), theme("light"), theme("dark")] },
      { choices: [{ label: this.t("nav.out"), icon: "leave", run: () => this.out() }] },
    ];
  }

  private async out(): Promise<void> {
    await this.api.remove("/sessions/current").catch(() => {});
    this.desk.ended();
  }

  private screen() {
    const { section } = this;
    if (!section)
      return html`<div class="page"><div class="empty">${icon("search")}<h1>${this.t("missing.title")}</h1><p
        >${this.t("missing.text")}</p></div></div>`;
    if (this.failing)
      return html`<div class="page"><div class="empty" role="alert">${icon("alert")}<h1>${this.t("failed.title")}</h1
        ><button type="button" class="button soft" @click=${() => this.requestUpdate()}>${this.t("retry")}</button></div
          ></div>`;
    if (!this.loaded.has(section.name)) return nothing;
    const tag = unsafeStatic(section.tag);
    return dynamic`<${tag} class="page" .desk=${this.desk} .place=${this.place}></${tag}>`;
  }
}

define("admin-frame", AdminFrame);
