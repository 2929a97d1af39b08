import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import "../shell/modal.ts";
import { Screen } from "../shell/screen.ts";
import type { ContentPolicy, OpeningHours, Population, Room } from "../wire.ts";
import "../settings/policy.ts";
import "./hours.ts";

/** One room: who may enter, who moderates, how it is spoken there. Tells "closing" and "done". */
export class AdminRoom extends Screen {
  static override properties: PropertyDeclarations = {
    room: { attribute: false },
    populations: { attribute: false },
    busy: { state: true },
    policy: { state: true },
    hours: { state: true },
  };
  room: Room | null = null;
  populations: Population[] = [];
  private busy = false;
  private policy: ContentPolicy | null = null;
  private hours: OpeningHours | null = null;
  private shown: Room | null = null;

  protected override willUpdate(): void {
    // The list is fetched again while the window is open: what was chosen here stays.
    if (this.room?.id === this.shown?.id) return;
    this.shown = this.room;
    this.policy = this.room?.content_policy ?? null;
    this.hours = this.room?.opening_hours ?? null;
  }

  override render() {
    return html`<admin-modal .kind=${"drawer"} .heading=${this.room?.name ?? this.t("rooms.new")}
      .closeLabel=${this.t("close")} .draw=${() => this.form()}
      .foot=${() => html`${
        this.room
          ? html`<button type="button" class="button danger" style="margin-inline-end:auto"
        @click=${this.drop}>${this.t("delete")}</button>`
          : nothing
      }<button class="button" form="room-form"
          ?disabled=${this.busy}>${this.t("save")}</button>`}
      @closing=${() => this.dispatchEvent(new Event("closing"))}></admin-modal>`;
  }

  private form() {
    const { room } = this;
    return html`<form id="room-form" class="stack" @submit=${this.onSubmit}>
      <div class="two"><div class="field"><label for="room-name">${this.t("rooms.name")}</label><input class="input"
        id="room-name" name="name" required maxlength="80" .value=${room?.name ?? ""} /></div>
        <div class="field"><label for="room-slug">${this.t("rooms.slug")}</label><input class="input code"
          id="room-slug" name="slug" pattern="[a-z0-9\\-]*" maxlength="60" .value=${room?.slug ?? ""} /><span
            class="hint">${this.t("rooms.slug.hint")}</span></div></div>
      ${this.sets("populations", room?.populations ?? [])}${this.sets("moderators", room?.moderators ?? [])}
      ${this.check("moderation", room?.moderation ?? false)}${this.check("announcement_only", room?.announcement_only ?? false)}
      <div class="two">${this.count("slow_mode_seconds", room?.slow_mode_seconds ?? 0)}${this.count("hold_first", room?.hold_first ?? 0)}</div>
      <fieldset><legend>${this.t("rooms.policy")}</legend><admin-policy .desk=${this.desk} .inherits=${true}
        .value=${this.policy} @put=${(event: CustomEvent<ContentPolicy | null>) => {
          this.policy = event.detail;
        }}></admin-policy></fieldset>
      <admin-hours .desk=${this.desk} .value=${this.hours} @put=${(
        event: CustomEvent<OpeningHours | null>,
      ) => {
        this.hours = event.detail;
      }}></admin-hours></form>`;
  }

  private sets(name: "populations" | "moderators", chosen: string[]) {
    return html`<fieldset><legend>${this.t(`rooms.${name}`)}</legend><p class="hint">${this.t(`rooms.${name}.hint`)}</p
      ><div class="pick" style="margin-block-start:8px">
      ${this.populations.map(
        ({ slug, name: label }) => html`<label><input type="checkbox" name=${name} value=${slug}
        .checked=${chosen.includes(slug)} />${label}</label>`,
      )}</div></fieldset>`;
  }

  private check(name: "moderation" | "announcement_only", on: boolean) {
    return html`<label class="check"><input type="checkbox" name=${name} .checked=${on} /><span
      >${this.t(`rooms.${name}`)}<small>${this.t(`rooms.${name}.hint`)}</small></span></label>`;
  }

  private count(name: "slow_mode_seconds" | "hold_first", value: number) {
    return html`<div class="field"><label for="room-${name}">${this.t(`rooms.${name}`)}</label><input
      class="input narrow" id="room-${name}" name=${name} type="number" min="0" max="3600" .value=${String(value)}
        /><span class="hint">${this.t(`rooms.${name}.hint`)}</span></div>`;
  }

  private readonly onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const { room } = this;
    const slug = String(form.get("slug"));
    const { policy, hours } = this;
    const body = {
      name: String(form.get("name")).trim(),
      ...(slug && slug !== room?.slug ? { slug } : {}),
      populations: form.getAll("populations"),
      moderators: form.getAll("moderators"),
      moderation: form.has("moderation"),
      announcement_only: form.has("announcement_only"),
      slow_mode_seconds: Number(form.get("slow_mode_seconds")),
      hold_first: Number(form.get("hold_first")),
      content_policy: policy,
      // Without an hour it is never open: nobody means that.
      opening_hours: hours && hours.weekly.length > 0 ? hours : null,
    };
    this.busy = true;
    const done = await this.desk.try(
      () => (room ? this.api.patch(`/rooms/${room.id}`, body) : this.api.post("/rooms", body)),
      this.t("saved"),
    );
    this.busy = false;
    if (done) this.dispatchEvent(new Event("done"));
  };

  private readonly drop = async (): Promise<void> => {
    const { room, t } = this;
    if (!room) return;
    const yes = await this.desk.ask({
      title: t("rooms.delete", { name: room.name }),
      text: t("rooms.delete.text"),
      yes: t("delete"),
      no: t("cancel"),
    });
    if (yes && (await this.desk.try(() => this.api.remove(`/rooms/${room.id}`), t("deleted"))))
      this.dispatchEvent(new Event("done"));
  };
}

define("admin-room", AdminRoom);
