// The real elements over a conversation made up for it: how the messages will look on the website.
import { html, LitElement, type PropertyDeclarations, type PropertyValues } from "lit";
import { define } from "../../../ui/src/define.ts";
import { GalleryClient } from "../../../widget/gallery/client.ts";
import { full } from "../../../widget/gallery/states.ts";
import { defineElements, defineOthers } from "../../../widget/src/elements.ts";

export interface Look {
  accent?: string;
  radius?: number;
  font?: string;
}

/** One element of the widget, with its attributes. */
export class AdminStage extends LitElement {
  static override properties: PropertyDeclarations = {
    element: { attribute: false },
    marks: { attribute: false },
    look: { attribute: false },
    conversation: { attribute: false },
  };
  element = "parvis-direct-messages";
  marks: Record<string, string> = {};
  look: Look = {};
  conversation = false;

  protected override createRenderRoot() {
    return this;
  }

  override render() {
    return html`<div class="preview-stage"></div>`;
  }

  protected override async updated(changed: PropertyValues): Promise<void> {
    const stage = this.querySelector<HTMLElement>(".preview-stage");
    if (!stage) return;
    if (changed.has("element") || changed.has("marks")) await this.build(stage);
    stage.style.setProperty("--parvis-accent", this.look.accent ?? "");
    stage.style.setProperty(
      "--parvis-radius",
      this.look.radius === undefined ? "" : `${this.look.radius}px`,
    );
    stage.style.setProperty("--parvis-font", this.look.font ?? "");
  }

  private async build(stage: HTMLElement): Promise<void> {
    const { element, marks } = this;
    defineElements();
    await defineOthers();
    if (element !== this.element) return;
    const shown = Object.assign(document.createElement(element), {
      client: new GalleryClient({ state: full }),
    }) as HTMLElement & { open?: boolean; screen?: { name: string; id: string } };
    for (const [name, value] of Object.entries(marks)) shown.setAttribute(name, value);
    stage.replaceChildren(shown);
    if (element === "parvis-messenger") shown.open = true;
    // Shown, not gone to: the focus stays where one is.
    if (element === "parvis-direct-messages") shown.screen = { name: "conversation", id: "c1" };
  }
}

define("admin-stage", AdminStage);
