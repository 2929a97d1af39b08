import { html, LitElement, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import "../../../ui/src/dialog/dialog.ts";
import "../../../ui/src/toast/toast.ts";
import type { ParvisDialog } from "../../../ui/src/dialog/dialog.ts";
import type { ParvisToast } from "../../../ui/src/toast/toast.ts";
import { Desk } from "./desk.ts";
import "./frame.ts";
import { styles } from "./styles/index.ts";
import "../session/sign-in.ts";

/** The whole back-office. One shadow root, in which all screens stand and share one set of styles. */
export class ParvisAdmin extends LitElement {
  static override styles = styles;
  static override properties: PropertyDeclarations = {
    ready: { state: true },
  };
  private ready = false;
  private readonly desk = new Desk();

  override connectedCallback(): void {
    super.connectedCallback();
    void this.start();
  }

  private async start(): Promise<void> {
    const { desk } = this;
    await desk.speak();
    desk.toast = (text) => this.say(text);
    desk.ask = async (question) =>
      (await this.renderRoot.querySelector<ParvisDialog>("parvis-dialog")?.ask(question)) ?? false;
    desk.addEventListener("change", this.onChange);
    desk.router.addEventListener("change", this.onChange);
    addEventListener("storage", this.onChange);
    desk.router.start(this.renderRoot);
    this.ready = true;
    this.onChange();
  }

  /** In the top layer, and there again for each word, so that no window stands before it. */
  private say(text: string): void {
    const layer = this.renderRoot.querySelector<HTMLElement>(".toasts");
    layer?.hidePopover();
    layer?.showPopover();
    this.renderRoot.querySelector<ParvisToast>("parvis-toast")?.show({ text });
  }

  private readonly onChange = (): void => {
    const { desk } = this;
    const { site } = desk.router.place;
    const known = desk.sessions.sites().find((one) => one.open);
    // The door without a site's name leads to where one is signed in.
    if (!site && known) return void desk.router.go(`/admin/${known.slug}`, { replace: true });
    if (desk.theme === "auto") this.removeAttribute("theme");
    else this.setAttribute("theme", desk.theme);
    document.documentElement.dataset.theme = desk.theme;
    desk.live.follow();
    this.requestUpdate();
  };

  override render() {
    if (!this.ready) return nothing;
    const { desk } = this;
    const { place } = desk.router;
    return html`<div class="root" lang=${desk.i18n.lang}>
      ${
        desk.session && place.site !== "invitation"
          ? html`<admin-frame .desk=${desk} .place=${place}></admin-frame>`
          : html`<admin-sign-in .desk=${desk} .place=${place}></admin-sign-in>`
      }
      <parvis-dialog></parvis-dialog><div class="toasts" popover="manual"><parvis-toast></parvis-toast></div></div>`;
  }
}

define("parvis-admin", ParvisAdmin);
