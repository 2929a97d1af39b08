import { css } from "lit";

export const listStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    block-size: 100%;
  }
  .filter {
    padding: 4px 16px 12px;
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    padding: 4px 8px 16px;
  }
  h3 {
    padding: 20px 12px 6px;
    font-size: 13px;
    font-weight: 600;
    color: var(--p-muted);
  }
  li {
    position: relative;
  }
  .row {
    display: grid;
    grid-template-columns: auto 1fr auto;
    align-items: center;
    column-gap: 12px;
    inline-size: 100%;
    min-block-size: 72px;
    padding: 10px 12px;
    border-radius: calc(var(--p-radius) * 0.75);
    touch-action: pan-y;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
    translate: calc(-1 * var(--p-drawn, 0px)) 0;
    transition: background-color 0.12s, translate 0.2s var(--p-ease);
  }
  .row[style*="--p-drawn"] {
    transition: none;
  }
  .row:hover,
  li:focus-within > .row {
    background: var(--p-hover);
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  .row[aria-current="true"] {
    background: var(--p-accent-soft);
  }
  .row[aria-current="true"] parvis-avatar,
  .row:hover parvis-avatar {
    --p-avatar-ring: var(--p-hover);
  }
  .row.person {
    min-block-size: 60px;
    padding-block: 6px;
  }
  .person parvis-avatar {
    --size: 40px;
  }
  .blocked {
    opacity: 0.55;
  }
  .text {
    min-inline-size: 0;
  }
  .name,
  .preview {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name {
    font-weight: 600;
    line-height: 1.35;
  }
  .preview {
    margin-block-start: 2px;
    font-size: 14px;
    color: var(--p-muted);
  }
  .preview.typing {
    color: var(--p-accent-text);
  }
  .preview.unsent {
    color: var(--p-danger);
  }
  .unread .name {
    font-weight: 700;
  }
  .unread .preview:not(.typing) {
    color: var(--p-text);
    font-weight: 500;
  }
  .side {
    display: grid;
    justify-items: end;
    align-content: start;
    gap: 6px;
    align-self: stretch;
    min-inline-size: 24px;
    padding-block-start: 4px;
    font-size: 12px;
    color: var(--p-muted);
    white-space: nowrap;
    transition: opacity 0.12s;
  }
  .unread time {
    color: var(--p-accent-text);
    font-weight: 600;
  }
  .more {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-end: 10px;
    translate: 0 -50%;
    inline-size: 36px;
    block-size: 36px;
    background: var(--p-hover);
    opacity: 0;
  }
  .more:hover {
    background: var(--p-line) !important;
  }
  li:hover > .more,
  .more:focus-visible,
  .row:focus-visible ~ .more,
  .more[aria-expanded="true"] {
    opacity: 1;
  }
  li:has(.more:is(:hover, :focus-visible, [aria-expanded="true"])) .side,
  li:hover .side,
  .row:focus-visible .side {
    opacity: 0;
  }
  @media (hover: none) {
    /* Behind the row: drawing it to the left shows it. */
    li > .more {
      z-index: -1;
      inline-size: var(--p-hit);
      block-size: var(--p-hit);
      background: none;
      opacity: 1;
    }
    li {
      z-index: 0;
      overflow: hidden;
    }
    .row {
      background: var(--p-surface);
    }
    li:hover .side,
    li:has(.more) .side {
      opacity: 1;
    }
  }
  .load-more {
    display: flex;
    margin: 12px auto 0;
  }
`;
