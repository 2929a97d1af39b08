import { html, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { Screen } from "../shell/screen.ts";
import "../shell/words.ts";
import type { AdminWords } from "../shell/words.ts";
import type { GridMember, Population } from "../wire.ts";

/** Where a member belongs: populations, badges, themes. Tells "touched" and "saved". */
export class AdminBelonging extends Screen {
  static override properties: PropertyDeclarations = {
    person: { attribute: false },
    populations: { attribute: false },
    busy: { state: true },
  };
  person!: GridMember;
  populations: Population[] = [];
  private busy = false;

  override render() {
    const { person } = this;
    const touched = () => this.tell("touched", true);
    return html`<form class="stack" @submit=${this.onSubmit} @change=${touched}>
      <fieldset><legend>${this.t("members.column.populations")}</legend><p class="hint"
        >${this.t("members.populations.hint")}</p>
        <div class="pick" style="margin-block-start:8px">${this.populations.map(
          ({ slug, name }) => html`<label><input
          type="checkbox" name="populations" value=${slug} .checked=${person.populations.includes(slug)}
            />${name}</label>`,
        )}</div></fieldset>
      ${this.words("badges", person.badges)}
      ${this.words("interests", Object.keys(person.interests))}
      ${this.words("offers", person.offers)} ${this.words("looks_for", person.looks_for)}
      <div class="row"><button class="button" ?disabled=${this.busy}>${this.t("save")}</button></div></form>`;
  }

  private words(name: "badges" | "interests" | "offers" | "looks_for", value: string[]) {
    const label = this.t(`members.column.${name}`);
    return html`<div class="field"><span class="label">${label}</span><admin-words id=${`member-${name}`}
      .value=${value} .label=${label} .placeholder=${this.t("members.words")}
      .removeLabel=${(word: string) => this.t("members.words.remove", { word })} @change=${() =>
        this.tell("touched", true)}></admin-words>
      <span class="hint">${this.t(`members.${name}.hint`)}</span></div>`;
  }

  private readonly onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const { person } = this;
    const words = (name: string) => this.querySelector<AdminWords>(`#member-${name}`)?.value ?? [];
    const interests = Object.fromEntries(
      words("interests").map((word) => [word, person.interests[word] ?? 1]),
    );
    this.busy = true;
    const saved = await this.desk.try(
      () =>
        this.api.patch<GridMember>(`/members/${person.id}`, {
          populations: form.getAll("populations"),
          badges: words("badges"),
          interests,
          offers: words("offers"),
          looks_for: words("looks_for"),
        }),
      this.t("saved"),
    );
    this.busy = false;
    if (!saved) return;
    this.tell("touched", false);
    this.tell("saved", saved);
  };

  private tell(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

define("admin-belonging", AdminBelonging);
