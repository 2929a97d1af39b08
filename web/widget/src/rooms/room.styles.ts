import { css } from "lit";

export const roomStyles = css`
  :host {
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    block-size: 100%;
    min-block-size: 0;
  }
  :host([sided]) {
    grid-template-columns: minmax(0, 1fr) 272px;
  }
  .talk {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
  }
  parvis-room-log {
    flex: 1;
    min-block-size: 0;
  }
  .bar {
    min-block-size: 56px;
    padding-block: var(--p-space-15);
  }
  .crowd {
    display: inline-flex;
    align-items: center;
    gap: var(--p-space-15);
    flex: none;
    min-block-size: var(--p-hit);
    padding-inline: var(--p-space-2);
    border-radius: 99px;
    font-size: var(--p-type-4);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: var(--p-muted);
  }
  .crowd:hover,
  .crowd[aria-expanded="true"] {
    background: var(--p-hover);
    color: var(--p-text);
  }
  .crowd .icon {
    inline-size: 20px;
    block-size: 20px;
  }
  .badged {
    position: relative;
    flex: none;
    block-size: var(--p-hit);
  }
  .badged .count {
    position: absolute;
    inset-block-start: 2px;
    inset-inline-end: 0;
    min-inline-size: 18px;
    block-size: 18px;
    padding-inline: var(--p-space-1);
    font-size: var(--p-type-1);
    pointer-events: none;
  }
  .side {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    background: var(--p-surface);
  }
  :host([sided]) .side {
    border-inline-start: 1px solid var(--p-line);
  }
  :host(:not([sided])) .side {
    position: absolute;
    inset: 0;
    z-index: 2;
  }
  .side > :last-child {
    flex: 1;
    min-block-size: 0;
  }
  .side .bar {
    padding-inline: var(--p-space-4) var(--p-space-2);
  }
  .side h2 {
    flex: 1;
    min-inline-size: 0;
    font-size: var(--p-type-5);
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }
  .notice {
    min-block-size: 0;
  }
  :host([compact]) .bar {
    min-block-size: 48px;
    padding: var(--p-space-1) var(--p-space-1) var(--p-space-1) var(--p-space-3);
  }
  :host([compact]) .crowd {
    padding-inline: var(--p-space-15);
  }
`;
