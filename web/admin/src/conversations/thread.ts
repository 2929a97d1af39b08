import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import "../../../ui/src/avatar/avatar.ts";
import { define } from "../../../ui/src/define.ts";
import { icon } from "../shell/icons.ts";
import "../shell/menu.ts";
import { Loaded } from "../shell/screen.ts";
import type { Inbox, Operator } from "../wire.ts";
import { AdminTalk } from "./talk.ts";

/** A conversation of the inbox: whose it is, who looks after it, whether it is done. Tells "changed". */
export class AdminThread extends AdminTalk {
  static override properties: PropertyDeclarations = {
    known: { attribute: false },
    operators: { attribute: false },
  };
  known: Inbox | undefined;
  operators: Operator[] = [];
  private readonly fetched = new Loaded<Inbox>(this, () =>
    this.api.get(`/conversations/${this.conversation}`),
  );

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("conversation")) {
      this.fetched.value = undefined;
      // One that the filters do not show has an address all the same.
      if (!this.known) void this.fetched.load();
    }
    this.name = this.whose?.member?.name ?? "";
    super.willUpdate(changed);
  }

  private get whose(): Inbox | undefined {
    return this.known ?? this.fetched.value;
  }

  protected override bar() {
    const one = this.whose;
    const back = html`<a class="round only-narrow" href=${this.desk.link("messages") + location.search}
      aria-label=${this.t("conversations.back")}>${icon("back")}</a>`;
    if (!one) return html`<header>${back}</header>`;
    const { member } = one;
    const closed = one.state === "closed";
    const who = one.assigned_to?.name ?? this.t("conversations.assign");
    return html`<header>${back}<parvis-avatar .name=${member?.name ?? ""} .seed=${member?.id ?? one.id}
      .src=${member?.avatar_url ?? null} ?online=${one.connected}></parvis-avatar>
      <div class="grow"><h2 class="strong clip">${member?.name}</h2><p class="muted small clip"
        >${member?.headline ?? `@${member?.login ?? ""}`}</p></div>
      <admin-menu .label=${this.t("conversations.assign.hint")} .look=${"button small outline"}
        .face=${html`${icon("team")}<span>${who}</span>`} .parts=${() => [
          { heading: this.t("conversations.assign.hint"), choices: this.people(one) },
        ]}></admin-menu>
      <button type="button" class="button small outline" @click=${() =>
        this.patch(
          closed ? { state: "open" } : { state: "closed", seq: one.last_message?.seq },
          closed ? "conversations.reopened" : "conversations.closed",
        )}>${icon(
        closed ? "retry" : "check",
      )}${this.t(closed ? "conversations.reopen" : "conversations.close")}</button>
      ${
        member
          ? html`<a class="button small plain" href=${this.desk.link("members", [member.id])}
        >${this.t("conversations.profile")}</a>`
          : nothing
      }</header>`;
  }

  private people(one: Inbox) {
    const choice = (id: string | null, label: string) => ({
      label,
      checked: (one.assigned_to?.id ?? null) === id,
      run: () => this.patch({ assigned_to: id }, "saved"),
    });
    return [
      choice(null, this.t("conversations.assign.none")),
      ...this.operators.map(({ id, name }) => choice(id, name)),
    ];
  }

  private async patch(
    patch: object,
    done: "saved" | "conversations.closed" | "conversations.reopened",
  ): Promise<void> {
    if (
      !(await this.desk.try(
        () => this.api.patch(`/conversations/${this.conversation}`, patch),
        this.t(done),
      ))
    )
      return;
    await this.fetched.load();
    this.dispatchEvent(new Event("changed"));
  }
}

define("admin-thread", AdminThread);
