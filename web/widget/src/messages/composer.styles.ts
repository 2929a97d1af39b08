import { css } from "lit";

export const composerStyles = css`
  :host {
    display: block;
    flex: none;
    padding: 8px 16px calc(16px + env(safe-area-inset-bottom, 0px));
  }
  form {
    max-inline-size: 760px;
    margin-inline: auto;
  }
  .box {
    display: flex;
    align-items: flex-end;
    gap: var(--p-space-1);
    padding: var(--p-space-1);
    border: 1px solid var(--p-field-line);
    border-radius: var(--p-radius-small);
    background: var(--p-surface);
    transition: border-color var(--p-quick);
  }
  .box:focus-within {
    border-color: var(--p-focus);
    box-shadow: 0 0 0 1px var(--p-focus);
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    min-block-size: var(--p-hit);
    max-block-size: min(168px, 30vh);
    padding: calc((var(--p-hit) - 22px) / 2) 4px calc((var(--p-hit) - 22px) / 2) 12px;
    border: 0;
    outline: 0;
    resize: none;
    field-sizing: content;
    background: none;
    font-size: var(--p-type-6);
    line-height: 22px;
    scrollbar-width: thin;
  }
  textarea:focus-visible {
    outline: 0;
  }
  /* As long as nothing says which way it is written, it is written as the rest. */
  textarea:placeholder-shown {
    direction: inherit;
  }
  textarea::placeholder {
    color: var(--p-muted);
    opacity: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .send {
    background: var(--p-accent);
    color: var(--p-on-accent);
    font-size: var(--p-type-5);
    transition: scale var(--p-quick) var(--p-ease), background-color var(--p-quick), color var(--p-quick);
  }
  .send:hover:not(:disabled) {
    background: var(--p-accent);
    color: var(--p-on-accent);
    filter: brightness(1.08);
  }
  .send:active:not(:disabled) {
    scale: 0.92;
  }
  .send:disabled {
    background: transparent;
    color: var(--p-muted);
  }
  .editing {
    display: flex;
    align-items: center;
    gap: var(--p-space-2);
    padding: 0 0 var(--p-space-1) var(--p-space-3);
    font-size: var(--p-type-4);
    font-weight: 600;
    color: var(--p-accent-text);
  }
  .editing span {
    flex: 1;
  }
  .left {
    padding: var(--p-space-1) var(--p-space-4) 0;
    text-align: end;
    font-size: var(--p-type-2);
    color: var(--p-muted);
    font-variant-numeric: tabular-nums;
  }
  .left.over,
  .error {
    color: var(--p-danger);
    font-weight: 600;
  }
  .error {
    padding: 0 var(--p-space-3) var(--p-space-15);
    font-size: var(--p-type-3);
    font-weight: 500;
  }
  .cannot {
    display: flex;
    align-items: center;
    gap: var(--p-space-3);
    max-inline-size: 760px;
    margin-inline: auto;
    padding: var(--p-space-3) var(--p-space-4);
    border-radius: var(--p-radius-small);
    background: var(--p-sunken);
    color: var(--p-muted);
    font-size: var(--p-type-4);
  }
  .cannot p {
    flex: 1;
    text-wrap: pretty;
  }
  .cannot .button {
    flex: none;
  }
`;
