import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { icon } from "../shell/icons.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { Population, Room } from "../wire.ts";
import "./room.ts";

/** Where many talk in public: the chatboxes of the website. */
export class AdminRooms extends Screen {
  static override properties: PropertyDeclarations = {};
  private readonly rooms = new Loaded<Room[]>(this, () => this.api.all("/rooms"));
  private readonly populations = new Loaded<Population[]>(this, () => this.api.all("/populations"));

  protected override begin(): void {
    void this.rooms.load();
    void this.populations.load();
    this.every(30_000, () => void this.rooms.load());
  }

  override render() {
    const [id] = this.place.rest;
    const make = html`<a class="button" href=${this.desk.link("rooms", ["new"])}
      >${icon("plus")}${this.t("rooms.new")}</a>`;
    return html`${this.head(this.t("nav.rooms"), make, this.t("rooms.hint"))}
      ${this.when(this.rooms, (rooms) => html`${this.list(rooms)}${id ? this.window(rooms, id) : nothing}`)}`;
  }

  private list(rooms: Room[]) {
    if (rooms.length === 0)
      return html`<div class="card empty">${icon("rooms")}<h2>${this.t("rooms.none")}</h2><p
        >${this.t("rooms.none.text")}</p></div>`;
    return html`<ul class="card list">${rooms.map(
      (
        room,
      ) => html`<li class="pressable"><div class="grow"><a class="cover" href=${this.desk.link("rooms", [room.id])}
        >${room.name}</a>
      <p class="muted small"><span class="code">${room.slug}</span> · ${this.who(room)}</p></div>
      ${
        room.announcement_only
          ? html`<span class="chip">${this.t("rooms.announcement")}</span>`
          : nothing
      }${
        room.moderation
          ? html`<span class="chip">${icon("shield")}${this.t("rooms.moderated")}</span>`
          : nothing
      }
      <span class="chip ${room.connected ? "good" : ""}"
        >${this.desk.i18n.plural("rooms.connected", room.connected)}</span></li>`,
    )}</ul>`;
  }

  private who(room: Room): string {
    const names = (room.populations ?? []).map(
      (slug) => this.populations.value?.find((one) => one.slug === slug)?.name ?? slug,
    );
    return names.length > 0 ? this.desk.i18n.list(names) : this.t("rooms.everyone");
  }

  private window(rooms: Room[], id: string) {
    const room = rooms.find((one) => one.id === id) ?? null;
    if (!room && id !== "new") return nothing;
    return html`<admin-room .desk=${this.desk} .room=${room} .populations=${this.populations.value ?? []}
      @closing=${() => this.desk.router.go(this.desk.link("rooms"))} @done=${() => {
        void this.rooms.load();
        void this.desk.router.go(this.desk.link("rooms"));
      }}></admin-room>`;
  }
}

define("admin-rooms", AdminRooms);
