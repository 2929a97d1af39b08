import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { icon } from "../shell/icons.ts";
import { Screen } from "../shell/screen.ts";
import type { OpeningHours } from "../wire.ts";
import {
  DAYS,
  dayName,
  givenEnd,
  type Opening,
  shownEnd,
  timeZones,
  usualWeek,
  withOne,
} from "./week.ts";

/** When a room is open, day by day. Tells "put". */
export class AdminHours extends Screen {
  static override properties: PropertyDeclarations = { value: { attribute: false } };
  /** Null: always. */
  value: OpeningHours | null = null;

  override render() {
    const { value } = this;
    const turn = (event: Event) => {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      this.put((event.target as HTMLInputElement).checked ? usualWeek(zone) : null);
    };
    return html`<fieldset><legend>${this.t("rooms.hours")}</legend><label class="check"><input type="checkbox"
      .checked=${value !== null} @change=${turn} /><span>${this.t("rooms.hours.on")}<small
        >${this.t("rooms.hours.hint")}</small></span></label>${value ? this.week(value) : nothing}</fieldset>`;
  }

  private week(value: OpeningHours) {
    const zone = (event: Event) =>
      this.put({ ...value, time_zone: (event.target as HTMLSelectElement).value });
    return html`<div class="week">${DAYS.map((day) => this.day(value, day))}</div>
      <div class="field" style="margin-block-start:12px"><label for="room-zone">${this.t("rooms.hours.zone")}</label
        ><select class="input medium" id="room-zone" @change=${zone}>${timeZones(
          value.time_zone,
        ).map(
          (name) => html`<option value=${name} ?selected=${name === value.time_zone}
          >${name.replaceAll("_", " ")}</option>`,
        )}</select></div>`;
  }

  private day(value: OpeningHours, day: number) {
    const name = dayName(day, this.desk.i18n.lang);
    const openings = value.weekly.filter((one) => one.day === day);
    return html`<div class="day" role="group" aria-label=${name}><span class="name">${name}</span><div class="grow">${
      openings.length === 0
        ? html`<span class="muted">${this.t("rooms.hours.closed")}</span>`
        : nothing
    }${openings.map((one) => this.opening(value, one))}</div><button type="button" class="round"
      aria-label=${this.t("rooms.hours.add", { day: name })} @click=${() =>
        this.put({ ...value, weekly: withOne(value.weekly, day) })}>${icon("plus")}</button></div>`;
  }

  private opening(value: OpeningHours, one: Opening) {
    const change = (part: Partial<Opening>) =>
      this.put({
        ...value,
        weekly: value.weekly.map((other) => (other === one ? { ...one, ...part } : other)),
      });
    const time = (event: Event) => (event.target as HTMLInputElement).value;
    return html`<div class="row"><input class="input" type="time" required aria-label=${this.t("rooms.hours.from")}
      .value=${one.from} @change=${(event: Event) => time(event) && change({ from: time(event) })} /><span>–</span><input
        class="input" type="time" required aria-label=${this.t("rooms.hours.to")} .value=${shownEnd(one.to)}
        @change=${(event: Event) => time(event) && change({ to: givenEnd(time(event)) })} /><button type="button"
          class="round" aria-label=${this.t("rooms.hours.remove")} @click=${() =>
            this.put({
              ...value,
              weekly: value.weekly.filter((other) => other !== one),
            })}>${icon("close")}</button
              ></div>`;
  }

  private put(value: OpeningHours | null): void {
    this.dispatchEvent(new CustomEvent<OpeningHours | null>("put", { detail: value }));
  }
}

define("admin-hours", AdminHours);
