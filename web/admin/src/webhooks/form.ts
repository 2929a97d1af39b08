import { html, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import "../shell/modal.ts";
import { Screen } from "../shell/screen.ts";
import type { Webhook, WebhookEvent } from "../wire.ts";

const EVENTS: WebhookEvent[] = [
  "member.created",
  "member.updated",
  "member.deleted",
  "organizer_message.created",
  "report.created",
  "message.held",
  "sanction.created",
  "sanction.lifted",
  "broadcast.finished",
];

/** Where to, and what. Tells "closing" and "done". */
export class AdminWebhookForm extends Screen {
  static override properties: PropertyDeclarations = { hook: { attribute: false } };
  hook: Webhook | null = null;

  override render() {
    return html`<admin-modal .heading=${this.t(this.hook ? "edit" : "webhooks.new")} .closeLabel=${this.t("close")}
      .draw=${() => this.form()} .foot=${() => html`<button class="button" form="hook-form">${this.t("save")}</button>`}
        @closing=${() => this.dispatchEvent(new Event("closing"))}></admin-modal>`;
  }

  private form() {
    const { hook } = this;
    return html`<form id="hook-form" class="stack" @submit=${this.onSubmit}><div class="field"><label for="hook-url"
      >${this.t("webhooks.url")}</label><input class="input" id="hook-url" name="url" type="url" required
        placeholder="https://www.example.com/parvis" .value=${hook?.url ?? ""} /></div>
      <fieldset><legend>${this.t("webhooks.events")}</legend>${EVENTS.map(
        (name) => html`<label class="check"><input
        type="checkbox" name="events" value=${name} .checked=${hook?.events.includes(name) ?? false} /><span
          >${this.desk.i18n.find(`webhooks.event.${name}`)} <code class="code muted small">${name}</code></span></label
            >`,
      )}</fieldset>
      <label class="check"><input type="checkbox" name="enabled" .checked=${hook?.enabled ?? true} /><span
        >${this.t("webhooks.enabled")}</span></label></form>`;
  }

  private readonly onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const body = {
      url: String(form.get("url")),
      events: form.getAll("events"),
      enabled: form.has("enabled"),
    };
    if (body.events.length === 0) return this.desk.toast(this.t("webhooks.events.none"));
    const { hook } = this;
    const detail = await this.desk.try(
      () =>
        hook
          ? this.api.patch<Webhook>(`/webhooks/${hook.id}`, body)
          : this.api.post<Webhook>("/webhooks", body),
      this.t("saved"),
    );
    if (detail) this.dispatchEvent(new CustomEvent("done", { detail }));
  };
}

define("admin-webhook-form", AdminWebhookForm);
