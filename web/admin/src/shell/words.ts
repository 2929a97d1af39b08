import { html, LitElement, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { icon } from "./icons.ts";

/** Several short words: typed, and taken by Enter or a comma. Tells "change"; its words are `value`. */
export class AdminWords extends LitElement {
  static override properties: PropertyDeclarations = {
    value: { attribute: false },
    label: { attribute: false },
    removeLabel: { attribute: false },
    known: { attribute: false },
    placeholder: { attribute: false },
  };
  value: string[] = [];
  label = "";
  removeLabel: (word: string) => string = (word) => word;
  known: string[] = [];
  placeholder = "";

  protected override createRenderRoot() {
    return this;
  }

  override render() {
    const list = `words-${this.id || this.label.replace(/\W+/g, "-")}`;
    return html`<div class="token-input">
      ${this.value.map(
        (word) => html`<span class="chip">${word}<button type="button"
        aria-label=${this.removeLabel(word)} @click=${() => this.put(this.value.filter((one) => one !== word))}
          >${icon("close")}</button></span>`,
      )}
      <input aria-label=${this.label} placeholder=${this.placeholder} list=${list} @keydown=${this.onKey}
        @change=${this.onChange} />
      <datalist id=${list}>${this.known
        .filter((word) => !this.value.includes(word))
        .map(
          (word) => html`<option
        value=${word}></option>`,
        )}</datalist></div>`;
  }

  private put(value: string[]): void {
    this.value = value;
    this.dispatchEvent(new Event("change"));
  }

  private take(input: HTMLInputElement): void {
    const words = input.value
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word && !this.value.includes(word));
    input.value = "";
    if (words.length > 0) this.put([...this.value, ...new Set(words)]);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const input = event.target as HTMLInputElement;
    if (event.key === "Enter" || event.key === ",") {
      if (!input.value.trim()) return;
      event.preventDefault();
      this.take(input);
    }
    if (event.key === "Backspace" && !input.value) this.put(this.value.slice(0, -1));
  };

  private readonly onChange = (event: Event): void => {
    event.stopPropagation();
    this.take(event.target as HTMLInputElement);
  };
}

define("admin-words", AdminWords);
