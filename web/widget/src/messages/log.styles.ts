import { css } from "lit";

export const logStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
    --p-bubble-radius: calc(var(--p-radius) * 1.125);
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    display: flex;
    flex-direction: column;
    overflow-anchor: none;
    padding-inline: 16px;
  }
  .scroll:focus-visible {
    outline-offset: -3px;
  }
  .inner {
    inline-size: 100%;
    max-inline-size: 760px;
    margin-inline: auto;
    margin-block-start: auto;
    padding-block: 16px 12px;
  }
  .day,
  .system,
  .unread {
    margin-block: 20px 12px;
    text-align: center;
    font-size: 13px;
    color: var(--p-muted);
  }
  .day:first-child {
    margin-block-start: 4px;
  }
  .unread {
    display: flex;
    align-items: center;
    gap: 12px;
    color: var(--p-accent-text);
    font-weight: 600;
  }
  .unread::before,
  .unread::after {
    content: "";
    flex: 1;
    border-block-start: 1px solid currentColor;
    opacity: 0.35;
  }
  .message {
    display: flex;
    gap: 8px;
    align-items: flex-end;
    margin-block-start: 3px;
    border-radius: var(--p-bubble-radius);
  }
  .message.first {
    margin-block-start: 14px;
  }
  .message.mine {
    justify-content: flex-end;
  }
  .message:focus-visible {
    outline-offset: 3px;
  }
  .face {
    inline-size: 28px;
    flex: none;
  }
  .face parvis-avatar {
    --size: 28px;
  }
  .message.last .face {
    margin-block-end: 20px;
  }
  .stack {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    min-inline-size: 0;
    max-inline-size: min(80%, 560px);
  }
  .mine .stack {
    align-items: flex-end;
  }
  .author {
    padding-inline: 12px;
    margin-block-end: 3px;
    font-size: 13px;
    font-weight: 600;
    color: var(--p-muted);
  }
  .line {
    display: flex;
    align-items: center;
    gap: 4px;
    max-inline-size: 100%;
  }
  .mine .line {
    flex-direction: row-reverse;
  }
  .bubble {
    min-inline-size: 0;
    padding: 8px 13px;
    border-radius: var(--p-bubble-radius);
    background: var(--p-bubble);
    overflow-wrap: anywhere;
  }
  .mine .bubble {
    background: var(--p-accent);
    color: var(--p-on-accent);
    border-end-end-radius: calc(var(--p-bubble-radius) * 0.35);
  }
  .message:not(.mine, .first) .bubble {
    border-start-start-radius: calc(var(--p-bubble-radius) * 0.35);
  }
  .message:not(.mine, .last) .bubble,
  .message.last:not(.mine) .bubble {
    border-end-start-radius: calc(var(--p-bubble-radius) * 0.35);
  }
  .mine:not(.first) .bubble {
    border-start-end-radius: calc(var(--p-bubble-radius) * 0.35);
  }
  .failed .bubble {
    background: var(--p-danger-soft);
    color: var(--p-text);
  }
  .bubble.gone {
    background: none;
    border: 1px dashed var(--p-field-line);
    color: var(--p-muted);
    font-style: italic;
    font-size: 14px;
  }
  .body {
    display: inline;
    white-space: pre-wrap;
  }
  .body a {
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .message:not(.mine) a {
    color: var(--p-accent-text);
  }
  .edited {
    margin-inline-start: 6px;
    font-size: 12px;
    white-space: nowrap;
  }
  .message:not(.mine) .edited {
    color: var(--p-muted);
  }
  blockquote {
    margin: 2px 0 6px;
    padding-inline-start: 10px;
    border-inline-start: 3px solid currentColor;
    font-size: 14px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  blockquote b {
    display: block;
    font-weight: 600;
  }
  .more {
    position: relative;
    inline-size: 32px;
    block-size: 32px;
    opacity: 0;
  }
  .more::after {
    content: "";
    position: absolute;
    inset: -6px;
  }
  .message:hover .more,
  .message:focus-within .more,
  .more[aria-expanded="true"] {
    opacity: 1;
  }
  .meta {
    display: flex;
    align-items: center;
    gap: 4px;
    min-block-size: 16px;
    margin-block-start: 4px;
    padding-inline: 4px;
    font-size: 12px;
    line-height: 16px;
    color: var(--p-muted);
  }
  .meta .icon {
    inline-size: 15px;
    block-size: 15px;
  }
  .meta.read .icon {
    color: var(--p-accent-text);
  }
  .meta.failed {
    color: var(--p-danger);
    align-items: flex-start;
  }
  .choices {
    display: flex;
    gap: 4px;
    margin-block: 6px 8px;
  }
  .typing {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-block-start: 14px;
    font-size: 13px;
    color: var(--p-muted);
    animation: rise 0.2s var(--p-ease);
  }
  .pictured .typing {
    margin-inline-start: 36px;
  }
  .dots {
    display: inline-flex;
    gap: 4px;
    padding: 13px 14px;
    border-radius: var(--p-bubble-radius);
    border-end-start-radius: calc(var(--p-bubble-radius) * 0.35);
    background: var(--p-bubble);
  }
  .dots i {
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: var(--p-muted);
    animation: hop 1.2s infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.3s;
  }
  .older {
    display: flex;
    justify-content: center;
    min-block-size: 32px;
    font-size: 13px;
    color: var(--p-muted);
  }
  @keyframes hop {
    0%,
    60%,
    100% {
      translate: 0;
      opacity: 0.5;
    }
    30% {
      translate: 0 -4px;
      opacity: 1;
    }
  }
`;
