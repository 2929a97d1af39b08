import { css } from "lit";
import { badgesStyles } from "../face.ts";

const rows = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    block-size: 100%;
  }
  .filter {
    padding: var(--p-space-1) var(--p-space-4) var(--p-space-3);
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    padding: var(--p-space-1) var(--p-space-2) var(--p-space-4);
  }
  h3 {
    padding: var(--p-space-5) var(--p-space-3) var(--p-space-15);
    font-size: var(--p-type-3);
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
    column-gap: var(--p-space-3);
    inline-size: 100%;
    min-block-size: 72px;
    padding: var(--p-space-2) var(--p-space-3);
    border-radius: var(--p-radius-small);
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
    translate: calc(-1 * var(--p-drawn, 0px)) 0;
    transition: background-color var(--p-quick), translate var(--p-calm) var(--p-ease);
  }
  .draws .row {
    touch-action: pan-y;
  }
  .row[data-drag] {
    transition: none;
  }
  li.drawn {
    z-index: 0;
    overflow: hidden;
  }
  li.drawn > .row:not([aria-current="true"]) {
    background: var(--p-surface);
  }
  .acts {
    position: absolute;
    z-index: -1;
    inset-block: 1px;
    inset-inline-end: 0;
    display: flex;
  }
  .acts button {
    display: grid;
    place-items: center;
    align-content: center;
    gap: var(--p-space-1);
    min-inline-size: 76px;
    padding: var(--p-space-1) var(--p-space-2);
    background: var(--p-sunken);
    color: var(--p-text);
    font-size: var(--p-type-2);
    font-weight: 600;
    line-height: 1.2;
    white-space: nowrap;
  }
  .acts button.danger {
    background: var(--p-danger-soft);
    color: var(--p-danger);
  }
  .acts button:last-child {
    border-start-end-radius: var(--p-radius-small);
    border-end-end-radius: var(--p-radius-small);
  }
  .row.bare {
    grid-template-columns: 1fr auto;
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
    padding-block: var(--p-space-15);
  }
  .person parvis-avatar {
    --size: 40px;
  }
  /* Grey, and still to be read. */
  .blocked parvis-avatar {
    filter: grayscale(1);
  }
  .blocked .name {
    color: var(--p-muted);
    font-weight: 500;
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
    margin-block-start: var(--p-space-half);
    font-size: var(--p-type-4);
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
    gap: var(--p-space-15);
    align-self: stretch;
    min-inline-size: 24px;
    padding-block-start: var(--p-space-1);
    font-size: var(--p-type-2);
    color: var(--p-muted);
    white-space: nowrap;
    transition: opacity var(--p-quick);
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
  .signs {
    display: flex;
    align-items: center;
    gap: var(--p-space-15);
  }
  .signs .icon {
    inline-size: 16px;
    block-size: 16px;
  }
  .muted .count {
    background: var(--p-muted);
    color: var(--p-surface);
  }
  .count.dot {
    min-inline-size: 12px;
    block-size: 12px;
    padding: 0;
    margin-block-start: var(--p-space-1);
  }
  .side.can {
    display: flex;
    align-items: center;
    gap: var(--p-space-2);
    padding: 0;
  }
  .mark .icon {
    inline-size: 18px;
    block-size: 18px;
  }
  .mark.contact,
  .mark.ask {
    color: var(--p-accent-text);
  }
  @media (hover: none) {
    /* A finger draws the row aside, or stays on it; whoever listens finds the button. */
    li:not(.person-row) > .more:not([aria-expanded="true"]) {
      inline-size: 1px;
      block-size: 1px;
      clip-path: inset(50%);
    }
    li:hover .side,
    li:has(.more) .side {
      opacity: 1;
    }
    .person-row > .more {
      inline-size: var(--p-hit);
      block-size: var(--p-hit);
      inset-inline-end: 2px;
      background: none;
      opacity: 1;
    }
    .person-row > .row {
      padding-inline-end: 48px;
    }
  }
  .load-more {
    display: flex;
    margin: var(--p-space-3) auto 0;
  }
`;

export const listStyles = [badgesStyles, rows];
