import { html, nothing, type PropertyDeclarations } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Client, MemberQuery, MemberWithRelation } from "#client";
import { badgeStyles } from "#ui/badge/badge.styles.ts";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { fieldStyles } from "#ui/field/field.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base, tokens } from "#ui/theme/tokens.ts";
import { roundButton } from "../bar.ts";
import type { Context } from "../context.ts";
import { ParvisElement } from "../element.ts";
import { face } from "../face.ts";
import { openTarget } from "../navigation.ts";
import { notice, noticeStyles } from "../notice.ts";
import { failure, sentenceFor } from "../problems.ts";
import { Directory } from "./directory.ts";
import { membersStyles } from "./members.styles.ts";
import { profile, profileStyles } from "./profile.ts";

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
    profileStyles,
    membersStyles,
  ];
  static override properties: PropertyDeclarations = {
    query: { state: true },
    hereOnly: { state: true },
    shown: { state: true },
    error: { state: true },
  };

  private query = "";
  private hereOnly = false;
  private shown: MemberWithRelation | null = null;
  private error: unknown = null;
  private readonly directory = new Directory(this, () => this.client as Client);
  private askedFor: string | null = null;
  private readonly bottom = new IntersectionObserver(
    (seen) => {
      if (seen.some((one) => one.isIntersecting)) void this.directory.more();
    },
    { rootMargin: "400px" },
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.bottom.disconnect();
  }

  protected override onClientChange(client: Client): void {
    const me = client.me?.id ?? null;
    if (me !== this.askedFor && me) void this.directory.load(this.question);
    this.askedFor = me;
  }

  protected override updated(): void {
    const end = this.renderRoot.querySelector(".end");
    this.bottom.disconnect();
    if (end) this.bottom.observe(end);
    const dialog = this.renderRoot.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
  }

  protected draw(ctx: Context) {
    const { client, i18n } = ctx;
    const { features } = client.site ?? {};
    if (client.status === "signed-out")
      return html`<section class="root" aria-label=${i18n.t("members.title")}><div class="frame" part="frame"><parvis-sign-in .ctx=${ctx}></parvis-sign-in></div></section>`;
    // Members do not see each other where they cannot talk to each other.
    if (features && !(features.messaging && features.member_chat)) return nothing;
    const busy = this.directory.state === "loading" ? "true" : "false";
    return html`<section class="root" lang=${i18n.lang} aria-label=${i18n.t("members.title")}>
      ${this.tools(ctx)}
      <div aria-busy=${busy}>${this.content(ctx)}</div>
      ${this.shown ? this.card(ctx, this.shown) : nothing}
    </section>`;
  }

  private tools({ i18n }: Context) {
    const label = i18n.t("members.search");
    return html`<div class="tools" role="search" aria-label=${label}>
      <label class="search">${icon("search")}<span class="quietly">${label}</span>
        <input class="input" type="search" autocomplete="off" placeholder=${label} .value=${this.query} @input=${this.onSearch} /></label>
      <div class="segments">
        <button type="button" aria-pressed=${this.hereOnly ? "false" : "true"} @click=${() => this.filter(false)}>${i18n.t("members.all")}</button>
        <button type="button" aria-pressed=${this.hereOnly ? "true" : "false"} @click=${() => this.filter(true)}><i></i>${i18n.t("members.here")}</button>
      </div>
    </div>`;
  }

  private content(ctx: Context) {
    const { directory } = this;
    if (directory.state === "failed")
      return failure(directory.error, ctx.i18n, () => directory.retry());
    if (directory.people.length === 0)
      return directory.state === "done" ? this.nobody(ctx) : this.bones(ctx);
    return html`<ul class="grid" role="list" part="grid">${repeat(
      directory.people,
      ({ id }) => id,
      (one) => this.tile(ctx, one),
    )}</ul>
      ${directory.hasMore ? html`<p class="end">${ctx.i18n.t("screen.loading")}</p>` : nothing}`;
  }

  private tile(ctx: Context, one: MemberWithRelation) {
    const online = ctx.client.state.connected.has(one.id);
    return html`<li><button type="button" class="card" part="card" aria-haspopup="dialog" @click=${() => this.open(one)}>
      ${face(ctx, one, online)}<span class="name" dir="auto">${one.name}</span>
      ${online ? html`<span class="quietly">, ${ctx.i18n.t("members.connected")}</span>` : nothing}
      ${one.headline ? html`<span class="about" dir="auto">${one.headline}</span>` : nothing}
    </button></li>`;
  }

  private card(ctx: Context, member: MemberWithRelation) {
    const { i18n } = ctx;
    const message = member.relation.can_message ? () => this.write(member) : null;
    return html`<dialog part="dialog" aria-label=${i18n.t("members.profile", { name: member.name })} @close=${this.onClose} @click=${this.onBackdrop}>
      ${roundButton("close", i18n.t("screen.close"), () => this.renderRoot.querySelector("dialog")?.close(), "close")}
      ${profile(ctx, member, message)}
      ${this.error ? html`<p class="error" role="alert">${sentenceFor(this.error, i18n)}</p>` : nothing}
    </dialog>`;
  }

  private bones({ i18n }: Context) {
    const bone = html`<div class="card"><i class="bone disc"></i><i class="bone"></i><i class="bone"></i></div>`;
    return html`<p class="quietly" role="status">${i18n.t("screen.loading")}</p>
      <div class="grid" aria-hidden="true">${Array.from({ length: 8 }, () => bone)}</div>`;
  }

  private nobody({ i18n }: Context) {
    return this.query || this.hereOnly
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

  private async open(one: MemberWithRelation): Promise<void> {
    this.error = null;
    this.shown = one;
    // The list may be an hour old.
    const fresh = await this.client?.member(one.id).catch(() => null);
    if (fresh && this.shown?.id === one.id) this.shown = fresh;
  }

  private get question(): MemberQuery {
    return { query: this.query || undefined, connected: this.hereOnly || undefined };
  }

  private filter(hereOnly: boolean): void {
    this.hereOnly = hereOnly;
    void this.directory.load(this.question);
  }

  private onSearch = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value.trim();
    this.directory.loadSoon(this.question);
  };

  private onClose = (): void => {
    this.shown = null;
  };

  private onBackdrop = (event: MouseEvent): void => {
    const dialog = event.currentTarget as HTMLDialogElement;
    if (event.target === dialog && !inside(dialog.getBoundingClientRect(), event)) dialog.close();
  };

  private async write(member: MemberWithRelation): Promise<void> {
    if (!this.client) return;
    try {
      await openTarget(this.client, { member: member.login });
      this.renderRoot.querySelector("dialog")?.close();
    } catch (error) {
      this.error = error;
    }
  }
}

function inside(box: DOMRect, { clientX: x, clientY: y }: MouseEvent): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}
