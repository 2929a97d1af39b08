import { css } from "lit";

/** Chips, banners, tabs, code. */
export const bits = css`
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    padding: 2px 10px;
    border-radius: 99px;
    background: var(--p-bubble);
    color: var(--p-text);
    font-size: 13px;
    line-height: 1.5;
  }
  .tabs .chip {
    font-weight: 500;
  }
  .chip.accent {
    background: var(--p-accent-soft);
    color: var(--p-accent-text);
  }
  .chip.good {
    background: color-mix(in oklab, var(--p-online) 14%, var(--p-surface));
    color: var(--p-online-text);
  }
  .chip.bad {
    background: var(--p-danger-soft);
    color: var(--p-danger);
  }
  .chip.warn {
    background: var(--p-warn-soft);
  }
  .chip .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .banner {
    display: flex;
    gap: 12px;
    align-items: flex-start;
    padding: 12px 16px;
    margin-block-end: 16px;
    border-radius: 12px;
    background: var(--p-warn-soft);
    color: var(--p-text);
  }
  .banner.bad {
    background: var(--p-danger-soft);
  }
  .tabs {
    display: flex;
    gap: 4px;
    overflow-x: auto;
    scrollbar-width: none;
    border-block-end: 1px solid var(--p-line);
    margin-block-end: 16px;
  }
  .tabs > a,
  .tabs > button {
    flex: none;
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-block-size: 40px;
    padding: 8px 14px;
    border-block-end: 2px solid transparent;
    color: var(--p-muted);
    font-weight: 550;
    text-decoration: none;
    white-space: nowrap;
  }
  .tabs > a:hover,
  .tabs > button:hover {
    color: var(--p-text);
  }
  .tabs > [aria-current],
  .tabs > [aria-selected="true"] {
    color: var(--p-accent-text);
    border-color: currentColor;
  }
  .tabs > :focus-visible {
    outline-offset: -3px;
    border-radius: 8px;
  }
  pre.code,
  .code {
    font: 400 13.5px / 1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  }
  pre.code {
    margin: 0;
    padding: 14px 16px;
    border-radius: 12px;
    background: var(--p-sunken);
    border: 1px solid var(--p-line);
    overflow-x: auto;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
`;
