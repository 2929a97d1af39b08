import { css } from "lit";

/** `.count` is a number on the accent; `.tag` a quiet word. */
export const badgeStyles = css`
  .count {
    display: inline-grid;
    place-items: center;
    min-inline-size: 20px;
    block-size: 20px;
    padding-inline: 6px;
    border-radius: 10px;
    background: var(--p-accent);
    color: var(--p-on-accent);
    font-size: 12px;
    font-weight: 700;
    line-height: 1;
    font-variant-numeric: tabular-nums;
  }
  .tag {
    display: inline-block;
    padding: 3px 10px;
    border-radius: 12px;
    background: color-mix(in oklab, currentColor 9%, transparent);
    color: var(--p-muted);
    font-size: 13px;
    line-height: 1.4;
  }
  .tag.strong {
    color: var(--p-accent-text);
    font-weight: 600;
  }
`;
