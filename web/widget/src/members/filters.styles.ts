import { css } from "lit";

export const filterStyles = css`
  .segments {
    display: inline-flex;
    gap: 4px;
    max-inline-size: 100%;
    padding: 4px;
    overflow-x: auto;
    scrollbar-width: none;
    border-radius: calc(var(--p-radius) * 0.75);
    background: var(--p-sunken);
  }
  .segments button {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: max(36px, calc(var(--p-hit) * 2 - 44px));
    flex: none;
    padding: 6px 14px;
    border-radius: calc(var(--p-radius) * 0.5);
    font-size: 14px;
    font-weight: 600;
    white-space: nowrap;
    color: var(--p-muted);
    transition: background-color 0.15s, color 0.15s;
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
