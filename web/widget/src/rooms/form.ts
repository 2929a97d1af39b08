import { css, html, LitElement, nothing, type PropertyDeclarations } from "lit";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { dialogStyles } from "#ui/dialog/dialog.styles.ts";
import { fieldStyles } from "#ui/field/field.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { base } from "#ui/theme/tokens.ts";

interface Field {
  name: string;
  label: string;
  /** One line, several, or one of these (value and label). */
  kind: "line" | "text" | readonly (readonly [string, string])[];
  most?: number;
  optional?: boolean;
  value?: string;
}

export interface Form {
  title: string;
  text: string;
  fields: readonly Field[];
  yes: string;
  no: string;
  danger?: boolean;
  /** May reject: what is told then stands in the form, and what was typed stays. */
  send: (values: Readonly<Record<string, string>>) => Promise<unknown>;
  /** The sentence for what `send` rejected with. */
  explain: (error: unknown) => string;
}

/** A question with fields, over the page: `await form.ask(form)` is true once it was sent. */
export class ParvisForm extends LitElement {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    fieldStyles,
    dialogStyles,
    css`
      dialog {
        inline-size: min(420px, calc(100vw - 24px));
        max-block-size: calc(100dvh - 24px);
        padding: var(--p-space-6);
      }
      h2 {
        margin-block-end: var(--p-space-2);
        font-size: var(--p-type-7);
        font-weight: 650;
        overflow-wrap: anywhere;
      }
      .text {
        color: var(--p-muted);
        text-wrap: pretty;
      }
      form {
        display: grid;
        gap: var(--p-space-4);
      }
      textarea.input {
        min-block-size: 88px;
        resize: vertical;
      }
      fieldset {
        min-inline-size: 0;
      }
      legend {
        padding: 0;
        margin-block-end: var(--p-space-15);
        font-size: var(--p-type-4);
        font-weight: 600;
      }
      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: var(--p-space-15);
      }
      .choices label {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--p-hit);
        padding-inline: var(--p-space-3);
        border: 1px solid var(--p-field-line);
        border-radius: 99px;
        font-size: var(--p-type-4);
        cursor: pointer;
      }
      .choices label:has(:checked) {
        border-color: var(--p-accent-text);
        background: var(--p-accent-soft);
        color: var(--p-accent-text);
        font-weight: 600;
      }
      .choices label:has(:focus-visible) {
        outline: 2px solid var(--p-focus);
        outline-offset: 2px;
      }
      .choices input {
        position: absolute;
        opacity: 0;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: var(--p-space-2);
      }
      .error .icon {
        inline-size: 18px;
        block-size: 18px;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    form: { state: true },
    busy: { state: true },
    wrong: { state: true },
  };

  private form: Form | null = null;
  private busy = false;
  private wrong = "";
  private answer: (sent: boolean) => void = () => {};

  async ask(form: Form): Promise<boolean> {
    this.form = form;
    this.busy = false;
    this.wrong = "";
    await this.updateComplete;
    this.box?.showModal();
    return new Promise((resolve) => {
      this.answer = resolve;
    });
  }

  override render() {
    const { form } = this;
    if (!form) return null;
    return html`<dialog aria-labelledby="title" part="dialog" @close=${this.onClose} @keydown=${(event: Event) => event.stopPropagation()}>
      <form method="dialog" novalidate @submit=${this.onSubmit}>
        <div><h2 id="title">${form.title}</h2><p class="text">${form.text}</p></div>
        ${form.fields.map((field) => this.field(field))}
        ${this.wrong ? html`<p class="error" role="alert">${icon("alert")}<span>${this.wrong}</span></p>` : nothing}
        <div class="buttons">
          <button type="button" class="button plain" @click=${() => this.box?.close()}>${form.no}</button>
          <button class="button ${form.danger ? "danger" : ""}" ?disabled=${this.busy}>${form.yes}</button>
        </div>
      </form>
    </dialog>`;
  }

  private field({ name, label, kind, most, optional, value = "" }: Field) {
    if (kind !== "line" && kind !== "text")
      return html`<fieldset><legend>${label}</legend><div class="choices">${kind.map(
        ([choice, text]) =>
          html`<label><input type="radio" name=${name} value=${choice} ?checked=${choice === value}>${text}</label>`,
      )}</div></fieldset>`;
    const input =
      kind === "text"
        ? html`<textarea class="input" id=${name} name=${name} rows="3" maxlength=${most ?? 300} ?required=${!optional}></textarea>`
        : html`<input class="input" id=${name} name=${name} maxlength=${most ?? 80} ?required=${!optional} .value=${value} autocomplete="off">`;
    return html`<div class="field"><label for=${name}>${label}</label>${input}</div>`;
  }

  private get box(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  private onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { form } = this;
    const element = event.target as HTMLFormElement;
    const empty = element.querySelector<HTMLElement>(":invalid:not(fieldset)");
    if (empty) return empty.focus();
    if (!form || this.busy) return;
    const values = Object.fromEntries(
      [...new FormData(element)].map(([name, value]) => [name, String(value).trim()]),
    );
    this.busy = true;
    this.wrong = "";
    try {
      await form.send(values);
      this.box?.close("sent");
    } catch (error) {
      this.wrong = form.explain(error);
    }
    this.busy = false;
  };

  private onClose = (): void => {
    this.answer(this.box?.returnValue === "sent");
    this.form = null;
  };
}

define("parvis-form", ParvisForm);
