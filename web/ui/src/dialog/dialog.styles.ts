import { css } from "lit";

/** For every `<dialog>`: what lies over everything else. */
export const dialogStyles = css`
  dialog {
    border: 0;
    border-radius: var(--p-radius);
    background: var(--p-raised);
    color: var(--p-text);
    box-shadow: var(--p-shadow);
    font: 400 var(--p-type-5) / 1.45 var(--p-font);
  }
  dialog::backdrop {
    background: rgb(12 14 20 / 45%);
  }
`;
