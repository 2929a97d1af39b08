import { css, html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { type Client, type History, type MemberCard, type Picture, Problem } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { fieldStyles } from "#ui/field/field.styles.ts";
import { iconStyles } from "#ui/icon/icon.ts";
import { base } from "#ui/theme/tokens.ts";
import { barStyles, roundButton, screenBar } from "../bar.ts";
import { face } from "../face.ts";
import { notice, noticeStyles } from "../notice.ts";
import { Part } from "../part.ts";
import { formStyles } from "./form.styles.ts";
import { LONGEST, lengthOf, nameOf } from "./name.ts";
import { nameField } from "./name-field.ts";
import "./picker.ts";
import "./picture.ts";
import { why } from "./why.ts";

const FACES = 6;
const HISTORIES: readonly History[] = ["all", "from_joining"];

interface Refusal {
  said: string;
  /** Those who can't be in it. */
  members: readonly MemberCard[];
}

/** Makes a group: who is in it, then what it is called. Tells "go" with the new conversation. */
export class NewGroup extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    fieldStyles,
    barStyles,
    noticeStyles,
    formStyles,
    css`
      .who {
        display: flex;
        align-items: center;
        gap: var(--p-space-3);
        min-block-size: var(--p-hit);
        border-radius: var(--p-radius-tiny);
        font-size: var(--p-type-4);
        color: var(--p-muted);
      }
      .faces {
        display: flex;
        gap: var(--p-space-1);
      }
      .faces parvis-avatar {
        --size: 32px;
      }
      .refusal {
        display: grid;
        justify-items: start;
        gap: var(--p-space-2);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    given: { attribute: false },
    trailing: { attribute: false },
    step: { state: true },
    chosen: { state: true },
    name: { state: true },
    picture: { state: true },
    history: { state: true },
    error: { state: true },
    refusal: { state: true },
    busy: { state: true },
  };

  /** Chosen already by whoever opens this. */
  given: readonly MemberCard[] | undefined;
  trailing: unknown = nothing;
  private step: "people" | "details" = "people";
  private chosen: readonly MemberCard[] = [];
  private name = "";
  private picture: Picture | null = null;
  private history: History = "all";
  private error: string | null = null;
  private refusal: Refusal | null = null;
  private busy = false;

  protected override watches({ site, me }: Client) {
    return [site, me];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has("given") || !this.given?.length) return;
    this.chosen = this.given.filter(({ id }) => id !== this.client.me?.id);
    this.step = "details";
  }

  override focus(): void {
    const field = this.renderRoot.querySelector<HTMLElement>(
      this.step === "people" ? "parvis-people-picker" : "#name",
    );
    field?.focus();
  }

  override render() {
    const { i18n, client } = this.ctx;
    const { member_chat, groups } = client.site?.features ?? {};
    const back = roundButton("back", i18n.t("screen.back"), this.back, "back");
    const title = i18n.t(this.step === "people" ? "groups.pick.title" : "groups.new.title");
    return html`${screenBar(title, back, this.trailing)}
      ${
        member_chat && groups
          ? this.step === "people"
            ? this.people()
            : this.details()
          : notice({ icon: "lock", title: i18n.t("cannot.feature_off") })
      }`;
  }

  private people() {
    const { i18n } = this.ctx;
    return html`<parvis-people-picker exportparts="row, avatar, presence" .ctx=${this.ctx} .chosen=${this.chosen} @chosen=${this.onChosen}></parvis-people-picker>
      <div class="foot"><button type="button" class="button" ?disabled=${this.chosen.length === 0} @click=${() => this.go("details")}>${i18n.t("groups.next")}</button></div>`;
  }

  private details() {
    const { i18n } = this.ctx;
    return html`<form class="scroll" id="form" novalidate @submit=${this.submit}><div class="inner">
        <parvis-group-picture exportparts="avatar, dialog, menu" .ctx=${this.ctx} .name=${this.name} .seed=${""} .url=${this.picture?.url ?? null} .editable=${true}
          @picture=${(event: CustomEvent<Picture | null>) => {
            this.picture = event.detail;
          }}></parvis-group-picture>
        ${nameField(this.ctx, { text: this.name, error: this.error, label: true }, this.typed)}
        <fieldset><legend>${i18n.t("groups.history")}</legend>${HISTORIES.map((one) => this.choice(one))}</fieldset>
        ${this.summary()} ${this.refused()}
      </div></form>
      <div class="foot"><button class="button" form="form" ?disabled=${this.busy}>${i18n.t("groups.create")}</button></div>`;
  }

  private choice(one: History) {
    return html`<label class="radio"><input type="radio" name="history" .checked=${this.history === one} @change=${() => {
      this.history = one;
    }} /><span>${this.ctx.i18n.t(`groups.history.${one}`)}</span></label>`;
  }

  private summary() {
    const { i18n } = this.ctx;
    const count = i18n.plural("groups.pick.count", this.chosen.length);
    return html`<button type="button" class="who" @click=${() => this.go("people")}>
      <span class="faces">${this.chosen.slice(0, FACES).map((one) => face(this.ctx, one))}</span><span>${count}</span></button>`;
  }

  private refused() {
    const { refusal } = this;
    if (!refusal) return nothing;
    const { length } = refusal.members;
    return html`<div class="refusal"><p class="error" role="alert">${refusal.said}</p>
      ${length ? html`<button type="button" class="button soft small" @click=${this.without}>${this.ctx.i18n.plural("groups.without", length)}</button>` : nothing}</div>`;
  }

  private typed = (text: string): void => {
    this.name = text;
    this.error = null;
  };

  private onChosen = (event: CustomEvent<readonly MemberCard[]>): void => {
    this.chosen = event.detail;
    this.refusal = null;
  };

  private without = (): void => {
    const gone = new Set(this.refusal?.members);
    this.chosen = this.chosen.filter((one) => !gone.has(one));
    this.refusal = null;
    if (this.chosen.length === 0) this.go("people");
    else this.focus();
  };

  private back = (): void => {
    if (this.step === "details") this.go("people");
    else this.tell("go", { name: "people" });
  };

  private async go(step: "people" | "details"): Promise<void> {
    this.step = step;
    await this.updateComplete;
    this.focus();
  }

  private submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const length = lengthOf(this.name);
    if (this.busy) return;
    if (length === 0) this.error = this.ctx.i18n.t("groups.name.empty");
    if (length === 0 || length > LONGEST) return this.focus();
    this.busy = true;
    this.refusal = null;
    try {
      const groups = await this.client.groups();
      const { id } = await groups.create({
        name: nameOf(this.name),
        members: this.chosen.map((one) => one.id),
        ...(this.picture ? { picture: this.picture.id } : {}),
        history: this.history,
      });
      this.tell("go", { name: "conversation", id });
    } catch (error) {
      this.refusal = this.refusalFor(error);
    } finally {
      this.busy = false;
    }
  };

  private refusalFor(error: unknown): Refusal {
    const { i18n } = this.ctx;
    const ids = Problem.of(error).body.members;
    const members = Array.isArray(ids) ? this.chosen.filter(({ id }) => ids.includes(id)) : [];
    const said = why(error, i18n);
    const names = i18n.list(members.map(({ name }) => name));
    return { members, said: names ? i18n.t("groups.refused", { names, why: said }) : said };
  }
}

define("parvis-new-group", NewGroup);
