import { css } from "lit";

/** `.button` (filled), `.button.soft`, `.button.danger`, `.round` (an icon alone). */
export const buttonStyles = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--p-space-2);
    min-block-size: var(--p-hit);
    padding: var(--p-space-2) var(--p-space-4);
    border-radius: var(--p-radius-small);
    background: var(--p-accent);
    color: var(--p-on-accent);
    font-weight: 600;
    line-height: 1.3;
    text-align: center;
    text-decoration: none;
    transition: filter var(--p-quick), background-color var(--p-quick), scale var(--p-quick) var(--p-ease);
  }
  .button:hover:not(:disabled) {
    filter: brightness(1.08);
  }
  .button:active:not(:disabled) {
    scale: 0.98;
  }
  .button:disabled {
    opacity: 0.55;
  }
  .button.soft {
    background: var(--p-accent-soft);
    color: var(--p-accent-text);
  }
  .button.danger {
    background: var(--p-danger-soft);
    color: var(--p-danger);
  }
  .button.plain {
    background: transparent;
    color: var(--p-muted);
  }
  .button.plain:hover {
    background: var(--p-hover);
  }
  .button.small {
    min-block-size: 32px;
    padding: var(--p-space-1) var(--p-space-3);
    font-size: var(--p-type-4);
  }
  @media (pointer: coarse) {
    .button.small {
      min-block-size: var(--p-hit);
    }
  }
  .round {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    flex: none;
    inline-size: var(--p-hit);
    block-size: var(--p-hit);
    border-radius: 50%;
    color: var(--p-muted);
    transition: background-color var(--p-quick), color var(--p-quick);
  }
  .round:hover:not(:disabled),
  .round[aria-expanded="true"] {
    background: var(--p-hover);
    color: var(--p-text);
  }
`;
