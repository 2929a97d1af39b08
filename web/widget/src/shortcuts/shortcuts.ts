// What can be done by keyboard, said under "?".
import { html, LitElement, type PropertyDeclarations } from "lit";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { dialogStyles } from "#ui/dialog/dialog.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { base } from "#ui/theme/tokens.ts";
import type { Context } from "../context.ts";
import { type Group, type Shortcut, shortcutsOf } from "./list.ts";
import { shortcutsStyles } from "./shortcuts.styles.ts";

/** Signs that are on the keys everywhere; the others have names, which are the language's. */
const SIGNS: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", "?": "?", "@": "@" };

/** The list, over everything. It goes when it is closed, and the focus is where it was. */
export class Shortcuts extends LitElement {
  static override styles = [base, iconStyles, buttonStyles, dialogStyles, shortcutsStyles];
  static override properties: PropertyDeclarations = {
    ctx: { attribute: false },
    element: { attribute: false },
  };
  ctx!: Context;
  element = "";

  protected override firstUpdated(): void {
    this.renderRoot.querySelector("dialog")?.showModal();
  }

  override render() {
    const { i18n } = this.ctx;
    return html`<dialog aria-labelledby="title" part="dialog" @close=${() => this.remove()} @keydown=${this.onKey}>
      <header><h2 id="title">${i18n.t("shortcuts.title")}</h2>
        <button type="button" class="round" aria-label=${i18n.t("screen.close")} @click=${this.close}>${icon("close")}</button></header>
      ${shortcutsOf(this.element).map((group) => this.group(group))}
    </dialog>`;
  }

  private group({ title, shortcuts }: Group) {
    return html`<h3 id=${title}>${this.ctx.i18n.t(title)}</h3>
      <dl aria-labelledby=${title}>${shortcuts.map((one) => this.shortcut(one))}</dl>`;
  }

  private shortcut({ does, keys }: Shortcut) {
    const { i18n } = this.ctx;
    return html`<div><dt>${i18n.t(does)}</dt>
      <dd>${keys.map((together) => html`<span class="together">${together.map((key) => this.key(key))}</span>`)}</dd></div>`;
  }

  private key(name: string) {
    const { i18n } = this.ctx;
    const called = i18n.find(`shortcuts.key.${name.toLowerCase()}`) ?? name;
    const sign = SIGNS[name];
    if (!sign || sign === name) return html`<kbd>${called}</kbd>`;
    return html`<kbd><span aria-hidden="true">${sign}</span><span class="quietly">${called}</span></kbd>`;
  }

  private close = (): void => this.renderRoot.querySelector("dialog")?.close();

  /** Closing the list is not going back in what is under it. */
  private onKey = (event: KeyboardEvent): void => event.stopPropagation();
}

define("parvis-shortcuts", Shortcuts);

export function showShortcuts(ctx: Context, within: ParentNode, element: string): void {
  if (within.querySelector("parvis-shortcuts")) return;
  // Behind the border that keeps the page's own styles out.
  within
    .querySelector(".root")
    ?.append(Object.assign(document.createElement("parvis-shortcuts"), { ctx, element }));
}
