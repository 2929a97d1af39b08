import { html, nothing, type PropertyDeclarations } from "lit";
import type { Client, MemberWithRelation, Population } from "#client";
import { badgeStyles } from "#ui/badge/badge.styles.ts";
import { buttonStyles } from "#ui/button/button.styles.ts";
import "#ui/dialog/dialog.ts";
import { fieldStyles } from "#ui/field/field.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base, tokens } from "#ui/theme/tokens.ts";
import { Windowed } from "#ui/windowed/windowed.ts";
import type { Context } from "../context.ts";
import { ParvisElement } from "../element.ts";
import { face } from "../face.ts";
import { openTarget } from "../navigation.ts";
import { notice, noticeStyles } from "../notice.ts";
import { failure, sentenceFor } from "../problems.ts";
import { Directory } from "./directory.ts";
import { filterStyles } from "./filters.styles.ts";
import { type Filter, filterButtons, questionFor } from "./filters.ts";
import { membersStyles } from "./members.styles.ts";
import { marks, type ProfileRequest } from "./person-row.ts";
import { Suggesting } from "./suggesting.ts";

/** The people of the site: who is here, who they are, and a way to write to them. */
export class Members extends ParvisElement {
  static override styles = [
    tokens,
    base,
    iconStyles,
    buttonStyles,
    badgeStyles,
    fieldStyles,
    skeletonStyles,
    noticeStyles,
    filterStyles,
    membersStyles,
  ];
  static override properties: PropertyDeclarations = {
    matchmaking: { type: Boolean },
    query: { state: true },
    filter: { state: true },
    population: { state: true },
    known: { state: true },
    shown: { state: true },
    error: { state: true },
  };

  /** Under the members, those whom one might want to meet. */
  matchmaking = false;
  private query = "";
  private filter: Filter = "all";
  private population = "";
  private known: readonly Population[] = [];
  private shown: ProfileRequest | null = null;
  private error: unknown = null;
  private askedFor: string | null = null;
  private readonly windowed: Windowed = new Windowed(this, {
    box: () => this.renderRoot?.querySelector<HTMLElement>("ul.grid") ?? null,
    count: () => this.directory.people.length,
  });
  private readonly directory: Directory = new Directory(
    this,
    () => this.client as Client,
    () => this.windowed.shown,
  );

  private readonly suggesting = new Suggesting(
    this,
    () => this.suggests,
    (error) => {
      this.error = error;
    },
  );

  protected override onClientChange(client: Client): void {
    const me = client.me?.id ?? null;
    if (me !== this.askedFor && me) {
      void this.load();
      void this.loadPopulations(client);
    }
    if (!me) this.shown = null;
    this.askedFor = me;
  }

  protected draw(ctx: Context) {
    const { client, i18n } = ctx;
    const { features } = client.site ?? {};
    if (client.status === "signed-out")
      return html`<section class="root" aria-label=${i18n.t("members.title")}><div class="frame" part="frame"><parvis-sign-in .ctx=${ctx}></parvis-sign-in></div></section>`;
    // Members do not see each other where they cannot talk to each other.
    if (features && !(features.messaging && features.member_chat)) return nothing;
    const busy = this.directory.state === "loading" ? "true" : "false";
    return html`<section class="root" lang=${i18n.lang} aria-label=${i18n.t("members.title")} @person=${this.onPerson} @profile=${this.onProfile}>
      ${this.tools(ctx)}
      ${this.error ? html`<p class="error" role="alert">${icon("alert")}<span>${sentenceFor(this.error, i18n)}</span></p>` : nothing}
      <div aria-busy=${busy} @keydown=${this.windowed.key.bind(this.windowed)} @focusin=${this.windowed.onFocus}>${this.content(ctx)}</div>
      ${this.suggests && this.suggesting.ready ? html`<parvis-suggested exportparts="avatar, presence" .ctx=${ctx}></parvis-suggested>` : nothing}
      ${
        this.shown
          ? html`<parvis-profile-card exportparts="dialog, profile, button" .ctx=${ctx} .person=${this.shown.member} .asking=${this.shown.asking ?? false} @closed=${this.onClosed}></parvis-profile-card>`
          : nothing
      }
    </section>`;
  }

  private get suggests(): boolean {
    return this.matchmaking && (this.client?.site?.features.matchmaking ?? false) && !this.query;
  }

  private onProfile = ({ detail }: CustomEvent<ProfileRequest>): void => {
    this.error = null;
    this.shown = detail;
  };

  private tools(ctx: Context) {
    const label = ctx.i18n.t("members.search");
    return html`<div class="tools" role="search" aria-label=${label}>
      <label class="search">${icon("search")}<span class="quietly">${label}</span>
        <input class="input" type="search" autocomplete="off" placeholder=${label} .value=${this.query} @input=${this.onSearch} @keydown=${this.onSearchKey} /></label>
      ${filterButtons(ctx, this.filter, (filter) => {
        this.filter = filter;
        void this.load();
      })}
      ${this.populations(ctx)}
    </div>`;
  }

  /** Without them one still finds everybody. */
  private async loadPopulations(client: Client): Promise<void> {
    this.known = await client.populations().then(
      ({ items }) => items,
      () => [],
    );
  }

  private populations({ i18n }: Context) {
    if (this.known.length < 2) return nothing;
    const choose = (event: Event) => {
      this.population = (event.target as HTMLSelectElement).value;
      void this.load();
    };
    return html`<select class="input" aria-label=${i18n.t("members.population")} @change=${choose}>
      <option value="" ?selected=${!this.population}>${i18n.t("members.population.all")}</option>
      ${this.known.map(({ slug, name }) => html`<option value=${slug} ?selected=${slug === this.population}>${name}</option>`)}
    </select>`;
  }

  private content(ctx: Context) {
    const { directory } = this;
    const { i18n } = ctx;
    const { people } = directory;
    const failed = directory.state === "failed";
    if (failed && people.length === 0)
      return failure(directory.error, i18n, () => directory.retry());
    if (people.length === 0) return directory.state === "done" ? this.nobody(ctx) : this.bones(ctx);
    return html`<ul class="grid" role="list" part="grid">${this.windowed.draw(
      people,
      ({ id }) => id,
      (one, index) => this.tile(ctx, one, index),
    )}</ul>
      ${failed ? html`<p class="end"><button type="button" class="button soft" @click=${() => directory.retry()}>${i18n.t("screen.retry")}</button></p>` : nothing}
      ${directory.state === "more" ? html`<p class="end">${i18n.t("screen.loading")}</p>` : nothing}`;
  }

  private tile(ctx: Context, one: MemberWithRelation, index: number) {
    const { directory, windowed } = this;
    const online = ctx.client.state.connected.has(one.id);
    const size = directory.hasMore ? -1 : directory.people.length;
    return html`<li aria-posinset=${index + 1} aria-setsize=${size}><button type="button" class="card ${one.relation.blocked ? "blocked" : ""}" part="card" data-index=${index}
      tabindex=${index === windowed.stop ? 0 : -1} aria-haspopup="dialog" @click=${() => this.open(one)}>
      ${face(ctx, one, online)}<span class="name" dir="auto">${one.name}</span>
      ${online ? html`<span class="quietly">, ${ctx.i18n.t("members.connected")}</span>` : nothing}
      ${one.headline ? html`<span class="about" dir="auto">${one.headline}</span>` : nothing}
      <span class="can">${marks(ctx, one, true)}</span>
    </button></li>`;
  }

  private bones({ i18n }: Context) {
    const bone = html`<div class="card"><i class="bone disc"></i><i class="bone"></i><i class="bone"></i></div>`;
    return html`<p class="quietly" role="status">${i18n.t("screen.loading")}</p>
      <div class="grid" aria-hidden="true">${Array.from({ length: 8 }, () => bone)}</div>`;
  }

  private nobody({ i18n }: Context) {
    if (this.filter === "contacts" && !this.query)
      return notice({
        icon: "contact",
        title: i18n.t("contacts.none.title"),
        text: i18n.t("contacts.none.text"),
      });
    return this.query || this.filter !== "all" || this.population
      ? notice({
          icon: "search",
          title: i18n.t("members.empty.title"),
          text: this.query ? i18n.t("members.empty.text") : "",
        })
      : notice({
          icon: "people",
          title: i18n.t("members.nobody.title"),
          text: i18n.t("members.nobody.text"),
        });
  }

  private open(member: MemberWithRelation): void {
    this.error = null;
    this.shown = { member };
  }

  private get question() {
    return {
      ...questionFor(this.filter, this.query),
      population: this.population || undefined,
    };
  }

  private load(): Promise<void> {
    this.windowed.reset();
    return this.directory.load(this.question);
  }

  private onSearch = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value.trim();
    this.windowed.reset();
    this.directory.loadSoon(this.question);
  };

  private onSearchKey = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowDown" || this.directory.people.length === 0) return;
    event.preventDefault();
    void this.windowed.go(0);
  };

  /** The card goes; what it stood for has the focus again. */
  private onClosed = (): void => {
    this.shown = null;
    void this.windowed.go(this.windowed.stop);
  };

  private onPerson = async ({ detail }: CustomEvent<MemberWithRelation>): Promise<void> => {
    if (!this.client) return;
    this.shown = null;
    try {
      await openTarget(this.client, { member: detail.login });
    } catch (error) {
      this.error = error;
    }
  };
}
