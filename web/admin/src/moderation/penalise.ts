import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { GridMember, Sanction } from "../wire.ts";

const LENGTHS = [10, 60, 1_440, 10_080, 43_200] as const;

/** What was imposed on one member, and what can be. Tells "changed". */
export class AdminPenalise extends Screen {
  static override properties: PropertyDeclarations = {
    person: { attribute: false },
    busy: { state: true },
  };
  person!: GridMember;
  private busy = false;
  private readonly sanctions = new Loaded<Sanction[]>(this, async () => {
    const all = await this.api.all<Sanction>("/moderation/sanctions", { ended: true });
    return all.filter((one) => one.member.id === this.person.id);
  });

  protected override begin(): void {
    void this.sanctions.load();
  }

  override render() {
    return html`<div class="stack">${this.when(this.sanctions, (all) => this.past(all), 2)}
      <form class="card stack" style="padding:18px 20px" @submit=${this.onSubmit}><h3 class="title"
        >${this.t("moderation.impose")}</h3>
        <fieldset><legend>${this.t("moderation.kind")}</legend><div class="pick">
          <label><input type="radio" name="kind" value="mute" checked />${this.t("moderation.mute")}</label>
          <label><input type="radio" name="kind" value="ban" />${this.t("moderation.ban")}</label></div>
          <p class="hint" style="margin-block-start:6px">${this.t("moderation.kind.hint")}</p></fieldset>
        <div class="two"><div class="field"><label for="penalty-minutes">${this.t("moderation.length")}</label><select
          class="input" id="penalty-minutes" name="minutes">
          ${LENGTHS.map(
            (
              minutes,
            ) => html`<option value=${minutes}>${this.t(`moderation.length.${minutes}`)}</option
            >`,
          )}<option value="">${this.t("moderation.length.ever")}</option></select></div>
        <div class="field"><label for="penalty-reason">${this.t("moderation.reason")}</label><input class="input"
          id="penalty-reason" name="reason" required maxlength="300" /><span class="hint"
            >${this.t("moderation.reason.hint")}</span></div></div>
        <div><button class="button danger" ?disabled=${this.busy}>${this.t("moderation.impose.yes")}</button></div
          ></form></div>`;
  }

  private past(all: Sanction[]) {
    if (all.length === 0) return html`<p class="muted">${this.t("moderation.nothing")}</p>`;
    return html`<ul class="card list">${all.map((one) => {
      const ended = one.lifted_at || (one.until && Date.parse(one.until) < Date.now());
      return html`<li><div class="grow"><span class="chip ${ended ? "" : "bad"}"
        >${this.t(`moderation.${one.kind}`)}</span> <b>${one.reason}</b>
        <p class="muted small">${this.t("moderation.by", { name: one.by.name, when: this.desk.i18n.moment(one.created_at) })}${
          one.until
            ? ` · ${this.t("moderation.until", { when: this.desk.i18n.moment(one.until) })}`
            : ""
        }</p></div>
        ${
          ended
            ? html`<span class="muted small">${this.t("moderation.ended")}</span>`
            : html`<button type="button"
          class="button small soft" @click=${() => this.lift(one)}>${this.t("moderation.lift")}</button>`
        }</li>`;
    })}</ul>${nothing}`;
  }

  private async lift(one: Sanction): Promise<void> {
    if (
      !(await this.desk.try(
        () => this.api.remove(`/moderation/sanctions/${one.id}`),
        this.t("moderation.lifted"),
      ))
    )
      return;
    await this.sanctions.load();
    this.dispatchEvent(new Event("changed"));
  }

  private readonly onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const target = event.target as HTMLFormElement;
    const form = new FormData(target);
    const minutes = Number(form.get("minutes")) || null;
    const body = {
      member: this.person.id,
      kind: form.get("kind"),
      reason: String(form.get("reason")).trim(),
      minutes,
    };
    this.busy = true;
    const done = await this.desk.try(
      () => this.api.post("/moderation/sanctions", body),
      this.t("moderation.imposed"),
    );
    this.busy = false;
    if (!done) return;
    target.reset();
    await this.sanctions.load();
    this.dispatchEvent(new Event("changed"));
  };
}

define("admin-penalise", AdminPenalise);
