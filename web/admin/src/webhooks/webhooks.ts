import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { define } from "../../../ui/src/define.ts";
import { copy } from "../shell/copy.ts";
import { icon } from "../shell/icons.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { Delivery, List, Webhook } from "../wire.ts";
import "./form.ts";

/** What the site tells other servers, and whether it reached them. */
export class AdminWebhooks extends Screen {
  static override properties: PropertyDeclarations = {
    making: { state: true },
    editing: { state: true },
  };
  private making = false;
  private editing = false;
  private last = "";
  private readonly hooks = new Loaded<Webhook[]>(this, () => this.api.all("/webhooks"));
  private readonly one = new Loaded<Webhook>(this, () =>
    this.api.get(`/webhooks/${this.place.rest[0]}`),
  );
  private readonly deliveries = new Loaded<List<Delivery>>(this, () =>
    this.api.get(`/webhooks/${this.place.rest[0]}/deliveries`, { limit: 100 }),
  );

  protected override begin(): void {
    this.every(10_000, () => this.place.rest[0] && void this.deliveries.load());
  }

  protected override willUpdate(changed: PropertyValues): void {
    const [id = ""] = this.place.rest;
    if (!changed.has("place") || (id === this.last && this.hooks.value)) return;
    this.last = id;
    this.editing = false;
    if (!id) return void this.hooks.load();
    this.one.value = undefined;
    this.deliveries.value = undefined;
    void this.one.load();
    void this.deliveries.load();
  }

  override render() {
    return this.place.rest[0] ? this.single() : this.list();
  }

  private list() {
    const make = html`<button type="button" class="button" @click=${() => this.make(true)}
      >${icon("plus")}${this.t("webhooks.new")}</button>`;
    return html`${this.head(this.t("nav.webhooks"), make, this.t("webhooks.hint"))}
      ${this.when(this.hooks, (hooks) =>
        hooks.length === 0
          ? html`<div class="card empty">${icon("hook")}<h2>${this.t("webhooks.none")}</h2></div>`
          : html`<ul class="card list">${hooks.map(
              (one) => html`<li class="pressable"><div class="grow"><a
            class="cover" href=${this.desk.link("webhooks", [one.id])}>${one.url}</a><p class="muted small"
            >${one.events.join(", ")}</p></div><span class="chip ${one.enabled ? "good" : "bad"}">${this.t(
              one.enabled ? "webhooks.on" : "webhooks.off",
            )}</span></li>`,
            )}</ul>`,
      )}
      ${
        this.making
          ? html`<admin-webhook-form .desk=${this.desk} @closing=${() => this.make(false)} @done=${(
              event: CustomEvent<Webhook>,
            ) => {
              this.make(false);
              void this.hooks.load();
              void this.desk.router.go(this.desk.link("webhooks", [event.detail.id]));
            }}></admin-webhook-form>`
          : nothing
      }`;
  }

  private make(making: boolean): void {
    this.making = making;
  }

  private single() {
    return this.when(this.one, (one) => {
      const actions = html`<button type="button" class="button outline" @click=${() =>
        this.act("test", "webhooks.tested")}>${icon("send")}${this.t("webhooks.test")}</button>
        <button type="button" class="button outline" @click=${() => {
          this.editing = true;
        }}>${icon("edit")}${this.t("edit")}</button><button type="button" class="button danger" @click=${() =>
          this.drop(one)}>${this.t("delete")}</button>`;
      return html`<p><a class="link" href=${this.desk.link("webhooks")}>${this.t("nav.webhooks")}</a></p
        >${this.head(one.url, actions)}
        ${
          one.enabled
            ? nothing
            : html`<p class="banner bad">${icon("alert")}<span
          >${
            one.switched_off_at
              ? this.t("webhooks.off.failing", { when: this.desk.i18n.moment(one.switched_off_at) })
              : this.t("webhooks.off.hint")
          }</span></p>`
        }
        <section class="card stack"><div class="row"><span class="grow small">${one.events.map(
          (name) => html`<span
          class="chip code">${name}</span> `,
        )}</span></div>
          <div><h2 class="title">${this.t("webhooks.secret")}</h2><p class="hint">${this.t("webhooks.secret.hint")}</p
            ></div><div class="row"><code class="code grow" style="overflow-wrap:anywhere">${one.secret}</code
            >${copy(this.desk, one.secret ?? "")}<button type="button" class="button small danger" @click=${() =>
              this.act("rotate", "saved")}>${this.t("webhooks.rotate")}</button></div></section>
        <h2 class="title" style="margin-block-end:8px">${this.t("webhooks.log")}</h2
          >${this.when(this.deliveries, ({ items }) => this.log(items))}
        ${
          this.editing
            ? html`<admin-webhook-form .desk=${this.desk} .hook=${one} @closing=${() => {
                this.editing = false;
              }} @done=${() => {
                this.editing = false;
                void this.one.load();
              }}></admin-webhook-form>`
            : nothing
        }`;
    });
  }

  private log(items: Delivery[]) {
    if (items.length === 0) return html`<p class="muted">${this.t("webhooks.log.none")}</p>`;
    return html`<ul class="card list">${items.map((one) => {
      const tone = { waiting: "warn", delivered: "good", failed: "bad" }[one.state];
      return html`<li style="align-items:flex-start"><div class="grow"><code class="code">${one.event}</code> <span
        class="chip ${tone}">${this.t(`webhooks.state.${one.state}`)}</span>
        <p class="muted small">${[
          this.desk.i18n.moment(one.created_at),
          this.desk.i18n.plural("webhooks.attempts", one.attempts),
          one.error ?? (one.status ? `HTTP ${one.status}` : ""),
        ]
          .filter(Boolean)
          .join(" · ")}</p>
        <details class="small"><summary>${this.t("webhooks.body")}</summary><pre class="code" tabindex="0"
          >${typeof one.body === "string" ? one.body : JSON.stringify(one.body, null, 2)}</pre></details></div>
        <button type="button" class="button small outline" @click=${() =>
          this.act(`deliveries/${one.id}/redeliver`, "webhooks.again.done")}
            >${icon("retry")}${this.t("webhooks.again")}</button></li>`;
    })}</ul>`;
  }

  private async act(
    what: string,
    done: "saved" | "webhooks.tested" | "webhooks.again.done",
  ): Promise<void> {
    if (
      !(await this.desk.try(
        () => this.api.post(`/webhooks/${this.place.rest[0]}/${what}`),
        this.t(done),
      ))
    )
      return;
    await Promise.all([this.one.load(), this.deliveries.load()]);
  }

  private async drop(one: Webhook): Promise<void> {
    const yes = await this.desk.ask({
      title: this.t("webhooks.delete"),
      text: one.url,
      yes: this.t("delete"),
      no: this.t("cancel"),
    });
    if (
      yes &&
      (await this.desk.try(() => this.api.remove(`/webhooks/${one.id}`), this.t("deleted")))
    )
      await this.desk.router.go(this.desk.link("webhooks"));
  }
}

define("admin-webhooks", AdminWebhooks);
