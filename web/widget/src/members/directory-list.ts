import { css, html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { Client, MemberWithRelation } from "#client";
import { asJson } from "#client/json.ts";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { iconStyles } from "#ui/icon/icon.ts";
import "#ui/menu/menu.ts";
import type { ParvisMenu } from "#ui/menu/menu.ts";
import { skeletonRows, skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base } from "#ui/theme/tokens.ts";
import { Windowed } from "#ui/windowed/windowed.ts";
import { listStyles } from "../conversations/list.styles.ts";
import { notice, noticeStyles } from "../notice.ts";
import { Part } from "../part.ts";
import { failure } from "../problems.ts";
import { Directory, type Seen } from "./directory.ts";
import { filterStyles } from "./filters.styles.ts";
import { type Filter, filterButtons, questionFor } from "./filters.ts";
import { personMenu, personRow, talks } from "./person-row.ts";
import { Suggesting } from "./suggesting.ts";

/** People, however many there are. Tells "person" to write to somebody, "profile" to look at them. */
export class DirectoryList extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    skeletonStyles,
    noticeStyles,
    listStyles,
    filterStyles,
    css`
      :host {
        display: block;
        block-size: auto;
      }
      .segments {
        display: flex;
        margin: var(--p-space-1) var(--p-space-2) var(--p-space-2);
        overflow-x: auto;
      }
      .segments button {
        flex: 1 0 auto;
        justify-content: center;
        gap: var(--p-space-15);
        padding-inline: var(--p-space-15);
        font-size: var(--p-type-3);
      }
      ul {
        display: grid;
        grid-template-columns: 1fr;
      }
      li {
        min-inline-size: 0;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    query: { attribute: false },
    without: { attribute: false },
    asks: { attribute: false },
    empty: { attribute: false },
    filter: { state: true },
  };

  query = "";
  /** Those who stand somewhere else already: not shown again among everyone. */
  without: ReadonlySet<string | undefined> = new Set();
  /** Asking to become contacts is offered. */
  asks = true;
  /** Stands in place of an empty list without a search. */
  empty: unknown = nothing;
  private filter: Filter = "all";
  private asked = "";
  private shown: readonly MemberWithRelation[] = [];
  private readonly windowed: Windowed = new Windowed(this, {
    box: () => this.renderRoot?.querySelector("ul") ?? null,
    count: () => this.shown.length,
  });
  private readonly directory: Directory = new Directory(
    this,
    () => this.client,
    () => this.seen(),
  );

  private readonly suggesting = new Suggesting(
    this,
    () => this.suggests,
    (error) => this.tell("failed", error),
  );

  protected override watches({ state, site, me }: Client) {
    return [state.connected, site, me];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const question = asJson([this.client.me?.id, this.filter, this.query.trim()]);
    if (question !== this.asked && this.client.me) {
      const typed = changed.has("query") && this.asked !== "";
      this.asked = question;
      const asks = questionFor(this.filter, this.query);
      if (typed) this.directory.loadSoon(asks);
      else void this.directory.load(asks);
      this.windowed.reset();
    }
    const all = this.filter !== "all" || this.without.size === 0;
    this.shown = all
      ? this.directory.people
      : this.directory.people.filter(({ id }) => !this.without.has(id));
  }

  /** Last in the list of contacts of a section that says so. */
  private get suggests(): boolean {
    const list = hostOf(this);
    return (
      list?.localName === "parvis-conversation-list" &&
      (hostOf(list)?.hasAttribute("matchmaking") ?? false) &&
      (this.client.site?.features.matchmaking ?? false) &&
      this.filter === "all" &&
      !this.query
    );
  }

  /** False when there is nobody to go to. */
  focusFirst(): boolean {
    if (this.shown.length === 0) return false;
    void this.windowed.go(0);
    return true;
  }

  override render() {
    return html`${filterButtons(this.ctx, this.filter, (filter) => {
      this.filter = filter;
    })}
      <div aria-busy=${this.directory.state === "loading" ? "true" : "false"} @keydown=${this.onKey} @focusin=${this.windowed.onFocus}>${this.content()}</div>
      ${
        this.suggests && this.suggesting.ready
          ? html`<parvis-suggested exportparts="avatar, presence" .ctx=${this.ctx} .asks=${this.asks} .settings=${true} @person=${this.pass} @profile=${this.pass} @go=${this.pass}></parvis-suggested>`
          : nothing
      }
      <parvis-menu exportparts="menu"></parvis-menu>`;
  }

  private content() {
    const { directory, shown } = this;
    const { i18n } = this.ctx;
    const failed = directory.state === "failed";
    if (shown.length === 0 && failed)
      return failure(directory.error, i18n, () => directory.retry());
    if (shown.length === 0) return directory.state === "done" ? this.nobody() : skeletonRows(4);
    const size = directory.hasMore ? -1 : shown.length;
    return html`<ul role="list" aria-label=${i18n.t("conversations.people")}>${this.windowed.draw(
      shown,
      ({ id }) => id,
      (one, index) =>
        personRow(this.ctx, one, {
          index,
          size,
          tabbable: index === this.windowed.stop,
          asks: this.asks,
          open: () => this.open(one),
          menu: (anchor) => this.showMenu(anchor, one),
        }),
    )}</ul>
    ${failed ? html`<button type="button" class="button plain small load-more" @click=${() => directory.retry()}>${i18n.t("screen.retry")}</button>` : nothing}`;
  }

  /** In the directory those stand too who are not shown here. */
  private seen(): Seen {
    const { from, to } = this.windowed.shown;
    return { from, to: to + this.directory.people.length - this.shown.length };
  }

  private nobody() {
    const { i18n } = this.ctx;
    if (this.filter === "contacts" && !this.query)
      return notice({
        icon: "contact",
        title: i18n.t("contacts.none.title"),
        text: i18n.t("contacts.none.text"),
      });
    if (this.query || this.filter !== "all")
      return notice({
        icon: "search",
        title: i18n.t("members.empty.title"),
        text: this.query ? i18n.t("members.empty.text") : "",
      });
    return this.empty;
  }

  private open(member: MemberWithRelation): void {
    if (talks(member)) this.tell("person", member);
    else this.tell("profile", { member });
  }

  private showMenu(anchor: HTMLElement, member: MemberWithRelation): void {
    const label = this.ctx.i18n.t("conversations.actions", { name: member.name });
    const items = personMenu(this.ctx, member, this.asks, (name, detail) =>
      this.tell(name, detail),
    );
    void this.renderRoot.querySelector<ParvisMenu>("parvis-menu")?.show(anchor, label, items);
  }

  private onKey = (event: KeyboardEvent): void => {
    if (this.windowed.key(event)) return;
    const target = event.target as HTMLElement;
    const member = this.shown[Number(target.dataset.index)];
    const asks = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
    if (asks && member) {
      event.preventDefault();
      this.showMenu(target, member);
    } else if (event.key === "ArrowUp" && target.dataset.index === "0") this.tell("before");
  };
}

function hostOf(node: Node): Element | null {
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

define("parvis-directory", DirectoryList);
