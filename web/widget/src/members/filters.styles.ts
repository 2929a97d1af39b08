import { css } from "lit";

export const filterStyles = css`
  .segments {
    display: inline-flex;
    gap: var(--p-space-1);
    max-inline-size: 100%;
    padding: var(--p-space-1);
    overflow-x: auto;
    scrollbar-width: none;
    border-radius: var(--p-radius-small);
    background: var(--p-sunken);
  }
  .segments button {
    display: flex;
    align-items: center;
    gap: var(--p-space-2);
    min-block-size: max(36px, calc(var(--p-hit) * 2 - 44px));
    flex: none;
    padding: var(--p-space-15) var(--p-space-3);
    border-radius: var(--p-radius-tiny);
    font-size: var(--p-type-4);
    font-weight: 600;
    white-space: nowrap;
    color: var(--p-muted);
    transition: background-color var(--p-quick), color var(--p-quick);
  }
  .segments button[aria-pressed="true"] {
    background: var(--p-raised);
    color: var(--p-text);
    box-shadow: 0 1px 3px rgb(16 20 30 / 14%);
  }
  .segments i {
    inline-size: 9px;
    block-size: 9px;
    border-radius: 50%;
    background: var(--p-online);
  }
`;
