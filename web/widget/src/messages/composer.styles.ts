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
    gap: 4px;
    padding: 4px;
    border: 1px solid var(--p-field-line);
    border-radius: min(24px, calc(var(--p-radius) * 1.5));
    background: var(--p-surface);
    transition: border-color 0.15s;
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
    font-size: 16px;
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
    font-size: 15px;
    transition: scale 0.18s var(--p-ease), background-color 0.15s, color 0.15s;
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
    gap: 8px;
    padding: 0 0 4px 12px;
    font-size: 14px;
    font-weight: 600;
    color: var(--p-accent-text);
  }
  .editing span {
    flex: 1;
  }
  .left {
    padding: 4px 16px 0;
    text-align: end;
    font-size: 12px;
    color: var(--p-muted);
    font-variant-numeric: tabular-nums;
  }
  .left.over,
  .error {
    color: var(--p-danger);
    font-weight: 600;
  }
  .error {
    padding: 0 12px 6px;
    font-size: 13px;
    font-weight: 500;
  }
  .cannot {
    display: flex;
    align-items: center;
    gap: 12px;
    max-inline-size: 760px;
    margin-inline: auto;
    padding: 12px 16px;
    border-radius: calc(var(--p-radius) * 0.75);
    background: var(--p-sunken);
    color: var(--p-muted);
    font-size: 14px;
  }
  .cannot p {
    flex: 1;
    text-wrap: pretty;
  }
  .cannot .button {
    flex: none;
  }
`;
