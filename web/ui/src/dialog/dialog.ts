import { css, html, LitElement, type PropertyDeclarations } from "lit";
import { buttonStyles } from "../button/button.styles.ts";
import { define } from "../define.ts";
import { base } from "../theme/tokens.ts";
import { dialogStyles } from "./dialog.styles.ts";

export interface Question {
  title: string;
  text: string;
  yes: string;
  no: string;
  /** Nothing is lost by a yes. */
  mild?: boolean;
}

/** Asks before something that cannot be undone: `await dialog.ask(question)`. */
export class ParvisDialog extends LitElement {
  static override styles = [
    base,
    buttonStyles,
    dialogStyles,
    css`
      dialog {
        inline-size: min(360px, calc(100vw - 32px));
        padding: var(--p-space-6);
      }
      h2 {
        font-size: var(--p-type-7);
        font-weight: 650;
        margin-block-end: var(--p-space-2);
      }
      p {
        color: var(--p-muted);
      }
      .choices {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: var(--p-space-2);
        margin-block-start: var(--p-space-6);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    question: { state: true },
  };

  private question: Question | null = null;
  private answer: (yes: boolean) => void = () => {};

  async ask(question: Question): Promise<boolean> {
    this.question = question;
    await this.updateComplete;
    this.box?.showModal();
    return new Promise((resolve) => {
      this.answer = resolve;
    });
  }

  private get box(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  private onClose = (): void => {
    this.answer(this.box?.returnValue === "yes");
    this.question = null;
  };

  private close(value: string): void {
    this.box?.close(value);
  }

  override render() {
    const { question } = this;
    if (!question) return null;
    return html`<dialog aria-labelledby="title" aria-describedby="text" part="dialog"
      @close=${this.onClose} @keydown=${(event: Event) => event.stopPropagation()}>
      <h2 id="title">${question.title}</h2>
      <p id="text">${question.text}</p>
      <div class="choices">
        <button type="button" class="button plain" @click=${() => this.close("")}>${question.no}</button>
        <button type="button" class="button ${question.mild ? "" : "danger"}" @click=${() => this.close("yes")}>${question.yes}</button>
      </div>
    </dialog>`;
  }
}

define("parvis-dialog", ParvisDialog);
