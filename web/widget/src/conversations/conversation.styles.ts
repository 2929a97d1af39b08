import { css } from "lit";

export const conversationStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
  }
  /* The three looks a site may choose for a conversation. */
  :host([template="1"]) {
    --p-avatar-radius: 22%;
  }
  :host([template="1"]) parvis-message-log,
  :host([template="3"]) parvis-message-log {
    --p-bubble-radius: 4px;
  }
  .who {
    display: flex;
    align-items: center;
    gap: 12px;
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
    border-radius: calc(var(--p-radius) * 0.75);
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
    font-size: 16px;
    font-weight: 650;
    line-height: 1.3;
  }
  .sub {
    font-size: 13px;
    line-height: 1.35;
    color: var(--p-muted);
  }
`;
