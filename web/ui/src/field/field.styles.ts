import { css } from "lit";

export const fieldStyles = css`
  .field {
    display: grid;
    gap: var(--p-space-15);
  }
  .field > label,
  .label {
    font-size: var(--p-type-4);
    font-weight: 600;
  }
  .hint {
    font-size: var(--p-type-3);
    color: var(--p-muted);
  }
  .input {
    inline-size: 100%;
    min-block-size: 44px;
    padding: var(--p-space-2) var(--p-space-3);
    border: 1px solid var(--p-field-line);
    border-radius: var(--p-radius-small);
    background: var(--p-surface);
    color: var(--p-text);
    line-height: 1.4;
    appearance: none;
    transition: border-color var(--p-quick);
  }
  .input::placeholder {
    color: var(--p-muted);
    opacity: 1;
  }
  .input:focus {
    outline: 2px solid var(--p-focus);
    outline-offset: -1px;
    border-color: transparent;
  }
  .input[aria-invalid="true"] {
    border-color: var(--p-danger);
  }
  .error {
    display: flex;
    gap: var(--p-space-2);
    align-items: flex-start;
    font-size: var(--p-type-4);
    color: var(--p-danger);
  }
  .search {
    position: relative;
    display: block;
    color: var(--p-muted);
  }
  .search .icon {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-start: 12px;
    translate: 0 -50%;
    inline-size: 18px;
    block-size: 18px;
    pointer-events: none;
  }
  .search .input {
    min-block-size: var(--p-hit);
    padding-block: var(--p-space-2);
    padding-inline-start: 38px;
    border-color: transparent;
    background: var(--p-sunken);
  }
  .search .input::-webkit-search-cancel-button {
    appearance: none;
  }
`;
