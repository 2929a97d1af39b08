import {
  html,
  LitElement,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from "lit";
import { Problem } from "../../../client/src/problem.ts";
import type { Desk } from "./desk.ts";
import { icon } from "./icons.ts";
import type { Place } from "./router.ts";

/** Something that is fetched: it is on its way, here, or did not come. */
export class Loaded<T> {
  value: T | undefined;
  problem: Problem | null = null;
  loading = false;
  #turn = 0;

  constructor(
    private readonly host: Screen,
    private readonly fetch: () => Promise<T>,
  ) {}

  /** A later call wins over an earlier one that answers after it. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    this.loading = true;
    this.host.requestUpdate();
    try {
      const value = await this.fetch();
      if (turn !== this.#turn) return;
      this.value = value;
      this.problem = null;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.problem = Problem.of(error);
    }
    this.loading = false;
    this.host.requestUpdate();
  }

  set(value: T): void {
    this.value = value;
    this.host.requestUpdate();
  }
}

/** A part of the page with the desk at hand. All stand in the shell's one shadow root, and share its styles. */
export abstract class Screen extends LitElement {
  static override properties: PropertyDeclarations = {
    desk: { attribute: false },
    place: { attribute: false },
  };
  desk!: Desk;
  place!: Place;
  #undo: (() => void)[] = [];

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.listen(this.desk, "change", () => this.requestUpdate());
    this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const undo of this.#undo) undo();
    this.#undo = [];
    this.guarding(false);
  }

  /** Where what the screen shows is first fetched. */
  protected begin(): void {}

  /** Until the screen goes. */
  protected until(undo: () => void): void {
    this.#undo.push(undo);
  }

  protected listen(target: EventTarget, type: string, heard: (event: Event) => void): void {
    target.addEventListener(type, heard);
    this.until(() => target.removeEventListener(type, heard));
  }

  protected every(milliseconds: number, work: () => void): void {
    const timer = setInterval(() => document.hidden || work(), milliseconds);
    this.until(() => clearInterval(timer));
  }

  #guarded = false;

  #tab: Element | null = null;

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    requestAnimationFrame(() => this.#bringTab());
  }

  /** Where the tabs do not fit, the one that is on is in sight. */
  #bringTab(): void {
    const on = this.querySelector(".tabs > [aria-current], .tabs > [aria-selected='true']");
    const strip = on?.parentElement;
    if (!on || !strip || on === this.#tab) return;
    this.#tab = on;
    const [inner, outer] = [on.getBoundingClientRect(), strip.getBoundingClientRect()];
    strip.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
  }

  /** While something is unsaved, leaving asks first. */
  protected guarding(on: boolean): void {
    if (on === this.#guarded) return;
    this.#guarded = on;
    const { t } = this.desk.i18n;
    this.desk.router.guard(
      on
        ? () =>
            this.desk.ask({
              title: t("unsaved.title"),
              text: t("unsaved.text"),
              yes: t("unsaved.leave"),
              no: t("unsaved.stay"),
            })
        : null,
    );
  }

  protected get t() {
    return this.desk.i18n.t;
  }

  protected get api() {
    return this.desk.api;
  }

  /** What is loaded; bones while it comes, or why it did not. */
  protected when<T>(
    loaded: Loaded<T>,
    draw: (value: T) => unknown,
    rows = 5,
  ): TemplateResult | unknown {
    if (loaded.value !== undefined) return draw(loaded.value);
    if (loaded.problem) return this.failed(loaded.problem, () => void loaded.load());
    return html`<div class="bones" role="status" aria-label=${this.t("loading")}>
      ${Array.from({ length: rows }, () => html`<i></i>`)}</div>`;
  }

  protected failed(problem: Problem, again: () => void) {
    const missing = problem.status === 404;
    return html`<div class="empty" role="alert">${icon("alert")}
      <h2>${this.t(missing ? "missing.title" : "failed.title")}</h2>
      <p>${missing ? this.t("missing.text") : this.desk.words(problem)}</p>
      ${
        missing
          ? nothing
          : html`<button type="button" class="button soft" @click=${again}>${this.t("retry")}</button
        >`
      }</div>`;
  }

  /** At the foot of what is changed together: nothing counts before it is saved. */
  protected foot(dirty: boolean, save: () => unknown, undo: () => unknown, busy = false) {
    this.guarding(dirty);
    return html`<div class="foot ${dirty ? "dirty" : ""}">${
      dirty
        ? html`<span class="mark chip warn" role="status"
      >${this.t("unsaved.mark")}</span>`
        : nothing
    }
      <button type="button" class="button plain" ?disabled=${!dirty || busy} @click=${undo}>${this.t("undo")}</button>
      <button type="button" class="button" ?disabled=${!dirty || busy} @click=${save}>${this.t("save")}</button></div>`;
  }

  /** A switch with what it does. */
  protected toggle(
    id: string,
    on: boolean,
    label: string,
    hint: unknown,
    put: (on: boolean) => void,
    disabled = false,
  ) {
    return html`<div class="setting"><div><label for=${id}>${label}</label><p class="hint" id="${id}-hint">${hint}</p></div>
      <input type="checkbox" role="switch" class="switch" id=${id} aria-describedby="${id}-hint" .checked=${on}
        ?disabled=${disabled}
        @change=${(event: Event) => put((event.target as HTMLInputElement).checked)} /></div>`;
  }

  /** The title of a page and what can be done there. */
  protected head(title: string, actions: unknown = nothing, hint: unknown = nothing) {
    return html`<header class="head"><div><h1 tabindex="-1">${title}</h1>${
      hint ? html`<p class="hint">${hint}</p>` : nothing
    }</div>
      <div class="actions">${actions}</div></header>`;
  }
}
