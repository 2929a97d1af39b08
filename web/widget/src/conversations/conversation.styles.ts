import { css } from "lit";

export const conversationStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
  }
  :host([square]) {
    --p-avatar-radius: 4px;
  }
  .who {
    display: flex;
    align-items: center;
    gap: var(--p-space-3);
    flex: 1;
    min-inline-size: 0;
  }
  .who parvis-avatar {
    --size: 40px;
  }
  .names {
    min-inline-size: 0;
  }
  .who:has(.info) {
    position: relative;
    border-radius: var(--p-radius-small);
  }
  .who:has(.info:hover) {
    background: var(--p-hover);
  }
  .info {
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    vertical-align: bottom;
  }
  .info::after {
    content: "";
    position: absolute;
    inset: -4px;
  }
  h2,
  .sub {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h2 {
    font-size: var(--p-type-6);
    font-weight: 650;
    line-height: 1.3;
  }
  .sub {
    font-size: var(--p-type-3);
    line-height: 1.35;
    color: var(--p-muted);
  }
`;
