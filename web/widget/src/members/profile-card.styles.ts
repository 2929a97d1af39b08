import { css } from "lit";

export const cardStyles = css`
  dialog {
    inline-size: min(400px, calc(100vw - 32px));
    max-block-size: calc(100dvh - 32px);
    padding: var(--p-space-8) 28px 28px;
    border: 0;
    border-radius: var(--p-radius-large);
    background: var(--p-raised);
    color: var(--p-text);
    font: 400 var(--p-type-5) / 1.45 var(--p-font);
    box-shadow: var(--p-shadow);
    overscroll-behavior: contain;
  }
  dialog[open] {
    animation: rise var(--p-calm) var(--p-ease);
  }
  dialog::backdrop {
    background: rgb(12 14 20 / 45%);
  }
  .corner {
    position: absolute;
    inset-block-start: 12px;
    inset-inline-end: 12px;
    display: flex;
  }
  .doings {
    display: grid;
    gap: var(--p-space-2);
    margin-block-start: var(--p-space-6);
  }
  .doings:not(:has(*)) {
    display: none;
  }
  .doings > .button,
  .doings form .button {
    min-block-size: 44px;
  }
  .state {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--p-space-2);
    font-size: var(--p-type-4);
    color: var(--p-muted);
    text-align: center;
    text-wrap: balance;
  }
  .state .icon {
    inline-size: 18px;
    block-size: 18px;
  }
  .state.is-contact {
    color: var(--p-accent-text);
    font-weight: 600;
  }
  .note {
    padding: var(--p-space-2) var(--p-space-3);
    border-radius: var(--p-radius-small);
    background: var(--p-sunken);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .pair {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--p-space-2);
  }
  form {
    display: grid;
    gap: var(--p-space-3);
  }
  form .pair {
    grid-template-columns: auto 1fr;
  }
  textarea.input {
    min-block-size: 84px;
    resize: vertical;
    field-sizing: content;
    max-block-size: 30vh;
  }
  .error {
    justify-content: center;
    text-align: center;
  }
  /* Under what can be pressed, not over it. */
  parvis-toast {
    position: static;
    display: block;
  }
  parvis-toast::part(toast) {
    margin-block-start: var(--p-space-4);
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 12px;
    }
  }
`;
