import { html, nothing, type PropertyDeclarations } from "lit";
import "../../../ui/src/avatar/avatar.ts";
import { define } from "../../../ui/src/define.ts";
import { Screen } from "../shell/screen.ts";
import type { GridMember } from "../wire.ts";

const FIELDS = ["name", "headline", "email", "avatar_url", "locale"] as const;

/** Who a member is. Tells "touched", "saved" and "gone". */
export class AdminMemberProfile extends Screen {
  static override properties: PropertyDeclarations = {
    person: { attribute: false },
    busy: { state: true },
  };
  person!: GridMember;
  private busy = false;

  override render() {
    const { person } = this;
    return html`<form class="stack" @submit=${this.onSubmit} @input=${() => this.tell("touched", true)}>
      <div class="row"><parvis-avatar style="--size:64px" .name=${person.name} .seed=${person.id}
        .src=${person.avatar_url ?? null}></parvis-avatar>
        <p class="hint grow">${this.t("members.profile.hint")}</p></div>
      <div class="two">${FIELDS.map((field) => this.field(field))}</div>
      <label class="check"><input type="checkbox" name="contactable" .checked=${person.contactable} /><span
        >${this.t("members.contactable")}<small>${this.t("members.contactable.hint")}</small></span></label>
      <label class="check"><input type="checkbox" name="chat_enabled" .checked=${person.chat_enabled} /><span
        >${this.t("members.chat")}<small>${this.t("members.chat.hint")}</small></span></label>
      <div class="row spread"><button class="button" ?disabled=${this.busy}>${this.t("save")}</button>
      ${
        this.desk.may("admin")
          ? html`<button type="button" class="button danger" @click=${this.onDelete}
        >${this.t("members.delete")}</button>`
          : nothing
      }</div></form>`;
  }

  private field(field: (typeof FIELDS)[number]) {
    const type = field === "email" ? "email" : field === "avatar_url" ? "text" : "text";
    return html`<div class="field"><label for="member-${field}">${this.t(`members.field.${field}`)}</label>
      <input class="input" id="member-${field}" name=${field} type=${type} .value=${this.person[field] ?? ""}
        ?required=${field === "name"} /></div>`;
  }

  private readonly onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const { person } = this;
    const patch: Record<string, unknown> = {};
    for (const field of FIELDS) {
      const value = String(form.get(field) ?? "").trim();
      if (value !== (person[field] ?? "")) patch[field] = value || null;
    }
    for (const flag of ["contactable", "chat_enabled"] as const)
      if (form.has(flag) !== person[flag]) patch[flag] = form.has(flag);
    this.busy = true;
    const saved = await this.desk.try(
      () => this.api.patch<GridMember>(`/members/${person.id}`, patch),
      this.t("saved"),
    );
    this.busy = false;
    if (!saved) return;
    this.tell("touched", false);
    this.tell("saved", saved);
  };

  private readonly onDelete = async (): Promise<void> => {
    const { name, id } = this.person;
    const yes = await this.desk.ask({
      title: this.t("members.delete.title", { name }),
      text: this.t("members.delete.text"),
      yes: this.t("delete"),
      no: this.t("cancel"),
    });
    if (!yes || !(await this.desk.try(() => this.api.remove(`/members/${id}`), this.t("deleted"))))
      return;
    this.tell("saved", {});
    this.tell("gone", null);
  };

  private tell(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

define("admin-member-profile", AdminMemberProfile);
