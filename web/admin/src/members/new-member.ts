import { html, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import "../shell/modal.ts";
import { Screen } from "../shell/screen.ts";
import type { GridMember } from "../wire.ts";

/** Somebody whom the website has not sent yet. */
export class AdminNewMember extends Screen {
  static override properties: PropertyDeclarations = { busy: { state: true } };
  private busy = false;

  override render() {
    return html`<admin-modal .heading=${this.t("members.new")} .hint=${this.t("members.new.hint")}
      .closeLabel=${this.t("close")}
      .draw=${() => html`<form id="new-member" class="stack" @submit=${this.onSubmit}>
        <div class="field"><label for="new-name">${this.t("members.name")}</label><input class="input" id="new-name"
          name="name" required maxlength="120" autofocus /></div>
        <div class="field"><label for="new-login">${this.t("members.column.login")}</label><input class="input"
          id="new-login" name="login" required pattern="[^\\s@]+" maxlength="60" autocapitalize="none" /><span
            class="hint">${this.t("members.login.hint")}</span></div>
        <div class="field"><label for="new-email">${this.t("members.column.email")}</label><input class="input"
          id="new-email" name="email" type="email" /></div></form>`}
      .foot=${() => html`<button class="button" form="new-member" ?disabled=${this.busy}>${this.t("create")}</button>`}
      @closing=${() => this.dispatchEvent(new Event("closing"))}></admin-modal>`;
  }

  private readonly onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const given = Object.fromEntries(
      [...new FormData(event.target as HTMLFormElement)].filter(([, value]) => value),
    );
    this.busy = true;
    const member = await this.desk.try(
      () => this.api.post<GridMember>("/members", given),
      this.t("members.created"),
    );
    this.busy = false;
    if (!member) return;
    this.dispatchEvent(new Event("done"));
    void this.desk.router.go(this.desk.link("members", [member.id]));
  };
}

define("admin-new-member", AdminNewMember);
