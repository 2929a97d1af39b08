import { css } from "lit";
import { ParvisElement } from "./element.ts";

export const loneButtonStyles = css`
  :host {
    display: inline-block;
  }
  :host([absent]) {
    display: none;
  }
`;

/** An element that is one button, or nothing at all: then it takes no room in the page either (`absent`). */
export abstract class LoneButton extends ParvisElement {
  protected override updated(): void {
    this.toggleAttribute("absent", !this.renderRoot.querySelector("button"));
  }
}
