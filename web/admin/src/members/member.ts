import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import "../../../ui/src/avatar/avatar.ts";
import { define } from "../../../ui/src/define.ts";
import "../conversations/talk.ts";
import "../moderation/penalise.ts";
import { icon } from "../shell/icons.ts";
import "../shell/modal.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { GridMember, Population } from "../wire.ts";
import "./belonging.ts";
import "./profile.ts";

const TABS = ["profile", "groups", "sanctions", "contacts", "messages"] as const;

/** One member: who they are, where they belong, and everything said between them and the organizers. */
export class AdminMember extends Screen {
  static override properties: PropertyDeclarations = {
    member: { attribute: false },
    tab: { attribute: false },
    populations: { attribute: false },
    conversation: { state: true },
    unsaved: { state: true },
  };
  member = "";
  tab = "profile";
  populations: Population[] = [];
  private unsaved = false;
  private readonly person = new Loaded<GridMember>(this, () =>
    this.api.get(`/members/${this.member}`),
  );

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("member") && this.member) void this.person.load();
  }

  override render() {
    const name = this.person.value?.name ?? this.t("loading");
    return html`<admin-modal .kind=${"drawer"} .heading=${name} .hint=${this.hint()} .closeLabel=${this.t("close")}
      .draw=${() => this.inside()} @closing=${this.close}></admin-modal>`;
  }

  private readonly close = async (): Promise<void> => {
    if (this.unsaved) {
      const { t } = this;
      const leave = await this.desk.ask({
        title: t("unsaved.title"),
        text: t("unsaved.text"),
        yes: t("unsaved.leave"),
        no: t("unsaved.stay"),
      });
      if (!leave) return;
      this.desk.router.guard(null);
    }
    this.dispatchEvent(new Event("closing"));
  };

  private hint() {
    const person = this.person.value;
    if (!person) return nothing;
    return html`@${person.login}${
      person.connected
        ? html` · <span style="color:var(--p-online-text)"><i class="dot"></i
      >${this.t("members.active")}</span>`
        : nothing
    }${person.headline ? ` · ${person.headline}` : ""}`;
  }

  private inside() {
    return html`<nav class="tabs" aria-label=${this.t("members.tabs")}>${TABS.map((tab) => {
      const here = tab === this.tab;
      const rest = tab === "profile" ? [this.member] : [this.member, tab];
      return html`<a href=${this.desk.link("members", rest) + location.search} aria-current=${here ? "page" : nothing}
        >${this.t(`members.tab.${tab}`)}</a>`;
    })}</nav>${this.when(this.person, (person) => this.panel(person))}`;
  }

  private panel(person: GridMember) {
    const saved = (event: CustomEvent<GridMember>) => {
      this.person.set({ ...person, ...event.detail });
      this.unsaved = false;
      this.dispatchEvent(new Event("changed"));
    };
    const touched = (event: CustomEvent<boolean>) => {
      this.unsaved = event.detail;
      this.guarding(event.detail);
    };
    switch (this.tab) {
      case "groups":
        return html`<admin-belonging .desk=${this.desk} .person=${person} .populations=${this.populations}
          @saved=${saved} @touched=${touched}></admin-belonging>`;
      case "sanctions":
        return html`<admin-penalise .desk=${this.desk} .person=${person} @changed=${() => this.person.load()}
          ></admin-penalise>`;
      case "contacts":
        return this.contacts(person);
      case "messages":
        return html`<admin-talk .desk=${this.desk} .member=${person.id} .name=${person.name}></admin-talk>`;
      default:
        return html`<admin-member-profile .desk=${this.desk} .person=${person} @saved=${saved} @touched=${touched}
          @gone=${this.close}></admin-member-profile>`;
    }
  }

  private contacts(person: GridMember) {
    const rows: [string, unknown][] = [
      [
        this.t("members.column.email"),
        person.email ? html`<a href="mailto:${person.email}">${person.email}</a>` : "—",
      ],
      [this.t("members.column.external_id"), html`<span class="code">${person.external_id}</span>`],
      [
        this.t("members.column.contactable"),
        this.t(person.contactable ? "members.contactable.on" : "members.contactable.off"),
      ],
      [
        this.t("members.column.last_seen"),
        person.last_seen_at ? this.desk.i18n.moment(person.last_seen_at) : "—",
      ],
      [
        this.t("members.column.created_at"),
        person.created_at ? this.desk.i18n.moment(person.created_at) : "—",
      ],
    ];
    return html`<table><tbody>${rows.map(
      ([label, value]) => html`<tr><th scope="row">${label}</th><td>${value}</td></tr
      >`,
    )}</tbody></table>
      ${
        Object.keys(person.attributes ?? {}).length > 0
          ? html`<h3 class="title" style="margin-block:20px 4px"
        >${this.t("members.attributes")}</h3><p class="hint">${this.t("members.attributes.hint")}</p><pre class="code"
          tabindex="0">${JSON.stringify(person.attributes, null, 2)}</pre>`
          : nothing
      }
      <p class="hint row" style="margin-block-start:16px">${icon("shield")}<span class="grow"
        >${this.t("members.contacts.private")}</span></p>`;
  }
}

define("admin-member", AdminMember);
