import { html, nothing, type PropertyDeclarations } from "lit";
import { uuid } from "../../../client/src/environment.ts";
import { define } from "../../../ui/src/define.ts";
import { MEMBER_LANGUAGES } from "../i18n/i18n.ts";
import { icon } from "../shell/icons.ts";
import "../shell/modal.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { Audience, AudienceCount, Broadcast, LeftOut } from "../wire.ts";
import { ready, type Texts, toBodies } from "./texts.ts";

const MOST = 4_000;
/** `body`, or a language. */
type Which = string;

/** One message to many: its text, who will receive it and who will not, and SEND NOW. */
export class AdminCompose extends Screen {
  static override properties: PropertyDeclarations = {
    audience: { attribute: false },
    texts: { state: true },
    which: { state: true },
    later: { state: true },
    busy: { state: true },
    sent: { state: true },
  };
  audience!: Audience;
  private texts: Texts = { body: "" };
  private which: Which = "body";
  private later = "";
  private busy = false;
  private sent: Broadcast | null = null;
  /** Made once for this window: pressed twice, it is sent once. */
  private readonly once = uuid();
  private readonly count = new Loaded<AudienceCount>(this, () =>
    this.api.post("/broadcasts/preview", this.audience),
  );

  protected override begin(): void {
    void this.count.load();
    this.every(10_000, () => this.sent || void this.count.load());
  }

  override render() {
    return html`<admin-modal .heading=${this.t(this.sent ? "broadcast.sent.title" : "broadcast.new")}
      .closeLabel=${this.t("close")}
      .draw=${() => (this.sent ? this.done(this.sent) : this.form())} .foot=${() =>
        this.sent
          ? this.afterFoot(this.sent)
          : this.bottom()} @closing=${this.close}></admin-modal>`;
  }

  private readonly close = async (): Promise<void> => {
    const { t } = this;
    const unsent = !this.sent && Object.values(this.texts).some((text) => text?.trim());
    if (unsent) {
      const leave = await this.desk.ask({
        title: t("broadcast.leave.title"),
        text: t("broadcast.leave.text"),
        yes: t("broadcast.leave.yes"),
        no: t("unsaved.stay"),
      });
      if (!leave) return;
    }
    this.dispatchEvent(new Event("closing"));
  };

  private form() {
    const text = this.texts[this.which] ?? "";
    const label = this.t("broadcast.text");
    return html`<div class="stack">
      <div role="tablist" class="tabs" style="margin:0" aria-label=${this.t("broadcast.versions")}
        >${["body", ...Object.keys(MEMBER_LANGUAGES)].map((which) => this.version(which))}</div>
      <div class="field" role="tabpanel" aria-label=${this.versionName(this.which)}><label for="broadcast-text"
        >${label}</label>
        <textarea class="input" id="broadcast-text" maxlength=${MOST} style="min-block-size:160px" .value=${text}
          @input=${this.onText} autofocus lang=${this.which === "body" ? nothing : this.which}></textarea>
        <span class="hint row spread"><span>${this.t(
          this.which === "body" ? "broadcast.text.hint" : "broadcast.version.hint",
        )}</span><span class="numeric">${this.desk.i18n.number(MOST - text.length)}</span
            ></span></div>
      <details ?open=${this.later !== ""}><summary>${this.t("broadcast.later")}</summary><div class="field"
        style="margin-block-start:10px"><label for="broadcast-later">${this.t("broadcast.later.at")}</label>
        <div class="row"><input class="input medium" id="broadcast-later" type="datetime-local" .value=${this.later}
          min=${localNow()} @input=${this.onLater} />
        ${
          this.later
            ? html`<button type="button" class="link" @click=${() => {
                this.later = "";
              }}>${this.t("broadcast.later.no")}</button>`
            : nothing
        }</div><span class="hint">${this.t("broadcast.later.hint")}</span></div></details></div>`;
  }

  private versionName(which: Which): string {
    return which === "body" ? this.t("broadcast.version.all") : (MEMBER_LANGUAGES[which] ?? which);
  }

  private version(which: Which) {
    const filled = which !== "body" && this.texts[which]?.trim();
    return html`<button type="button" role="tab" aria-selected=${String(this.which === which)} @click=${() => {
      this.which = which;
    }}>${this.versionName(which)}${filled ? icon("check") : nothing}</button>`;
  }

  private readonly onText = (event: Event): void => {
    this.texts = { ...this.texts, [this.which]: (event.target as HTMLTextAreaElement).value };
  };

  private readonly onLater = (event: Event): void => {
    this.later = (event.target as HTMLInputElement).value;
  };

  /** At the foot: how many will receive it, and who will not and why. */
  private bottom() {
    const { value } = this.count;
    return html`<div class="grow audience" role="status">${
      value
        ? html`<p><b>${this.desk.i18n.number(value.count)}</b> ${this.desk.i18n.plural(
            "broadcast.receive",
            value.count,
          )}</p>${this.leftOut(value.left_out ?? [])}`
        : this.count.problem
          ? this.desk.words(this.count.problem)
          : this.t("loading")
    }</div>
      <button type="button" class="button outline" ?disabled=${this.busy || !ready(this.texts)} @click=${this.test}
        >${this.t("broadcast.test")}</button>
      <button type="button" class="button" ?disabled=${this.busy || !ready(this.texts) || !value?.count}
        @click=${this.send}>${icon("send")}${this.t(this.later ? "broadcast.schedule" : "broadcast.now")}</button>`;
  }

  private leftOut(left: LeftOut[]) {
    const some = left.filter((one) => one.count > 0);
    if (some.length === 0) return nothing;
    return html`<p class="hint small">${this.t("broadcast.left")} ${some.map((one) => this.reason(one)).join(", ")}</p>`;
  }

  private reason({ reason, count }: LeftOut): string {
    return (
      this.desk.i18n.find(`broadcast.left.${reason}`, { n: this.desk.i18n.number(count) }) ??
      `${count} ${reason}`
    );
  }

  private readonly test = async (): Promise<void> => {
    const member = this.desk.operator.test_member;
    if (!member) {
      this.desk.toast(this.t("broadcast.test.none"));
      return;
    }
    this.busy = true;
    await this.desk.try(
      () => this.api.post("/broadcasts/test", { member, ...toBodies(this.texts) }),
      this.t("broadcast.test.done"),
    );
    this.busy = false;
  };

  private readonly send = async (): Promise<void> => {
    if (this.busy) return;
    this.busy = true;
    const when = this.later ? { send_at: new Date(this.later).toISOString() } : {};
    const body = { ...this.audience, client_id: this.once, ...toBodies(this.texts), ...when };
    const sent = await this.desk.try(() => this.api.post<Broadcast>("/broadcasts", body));
    this.busy = false;
    if (sent) this.sent = sent;
  };

  private done(sent: Broadcast) {
    const { i18n } = this.desk;
    const text = sent.send_at
      ? i18n.t("broadcast.scheduled", { when: i18n.moment(sent.send_at) })
      : i18n.plural("broadcast.sent", sent.recipients);
    return html`<div class="empty" role="status">${icon("check")}<h2>${text}</h2><p>${this.t("broadcast.sent.text")}</p
      ></div>`;
  }

  private afterFoot(sent: Broadcast) {
    return html`<a class="button outline" href=${this.desk.link("broadcasts", [sent.id])}
      >${this.t("broadcast.follow")}</a>
      <button type="button" class="button" @click=${this.close}>${this.t("close")}</button>`;
  }
}

/** For the field's earliest moment: now, by the clock on the wall. */
function localNow(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

define("admin-compose", AdminCompose);
