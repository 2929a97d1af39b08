import { css } from "lit";

/** `.count` is a number on the accent; `.tag` a quiet word. */
export const badgeStyles = css`
  .count {
    display: inline-grid;
    place-items: center;
    min-inline-size: 20px;
    block-size: 20px;
    padding-inline: var(--p-space-15);
    border-radius: 99px;
    background: var(--p-accent);
    color: var(--p-on-accent);
    font-size: var(--p-type-2);
    font-weight: 700;
    line-height: 1;
    font-variant-numeric: tabular-nums;
  }
  .tag {
    display: inline-block;
    padding: var(--p-space-1) var(--p-space-2);
    border-radius: 99px;
    background: color-mix(in oklab, currentColor 9%, transparent);
    color: var(--p-muted);
    font-size: var(--p-type-3);
    line-height: 1.4;
  }
  .tag.strong {
    color: var(--p-accent-text);
    font-weight: 600;
  }
`;
