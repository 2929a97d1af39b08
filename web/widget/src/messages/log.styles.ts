import { css } from "lit";

export const logStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
    /* Square, whatever the template; a page without any corners has none here either. */
    --p-bubble-radius: min(4px, var(--p-radius));
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    display: flex;
    flex-direction: column;
    overflow-anchor: none;
    padding-inline: var(--p-space-4);
  }
  .scroll:focus-visible {
    outline-offset: -3px;
  }
  .inner,
  .bubbles {
    inline-size: 100%;
    max-inline-size: 760px;
    margin-inline: auto;
    margin-block-start: auto;
    padding-block: var(--p-space-4) var(--p-space-3);
  }
  .day,
  .system,
  .unread {
    margin-block: var(--p-space-5) var(--p-space-3);
    text-align: center;
    font-size: var(--p-type-3);
    color: var(--p-muted);
  }
  .day:first-child {
    margin-block-start: var(--p-space-1);
  }
  .unread {
    display: flex;
    align-items: center;
    gap: var(--p-space-3);
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
    gap: var(--p-space-2);
    align-items: flex-end;
    margin-block-start: var(--p-space-1);
    border-radius: var(--p-bubble-radius);
  }
  .message.first {
    margin-block-start: var(--p-space-3);
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
    margin-block-end: var(--p-space-5);
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
    padding-inline: var(--p-space-3);
    margin-block-end: var(--p-space-1);
    font-size: var(--p-type-3);
    font-weight: 600;
    color: var(--p-muted);
  }
  .line {
    display: flex;
    align-items: center;
    gap: var(--p-space-1);
    max-inline-size: 100%;
  }
  .mine .line {
    flex-direction: row-reverse;
  }
  .bubble {
    min-inline-size: 0;
    padding: var(--p-space-2) var(--p-space-3);
    border-radius: var(--p-bubble-radius);
    background: var(--p-bubble);
    overflow-wrap: anywhere;
  }
  .mine .bubble {
    background: var(--p-accent);
    color: var(--p-on-accent);
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
    font-size: var(--p-type-4);
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
    margin-inline-start: var(--p-space-15);
    font-size: var(--p-type-2);
    white-space: nowrap;
  }
  .message:not(.mine) .edited {
    color: var(--p-muted);
  }
  blockquote,
  blockquote b {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  blockquote {
    margin: var(--p-space-half) 0 var(--p-space-15);
    padding-inline-start: var(--p-space-2);
    border-inline-start: 3px solid currentColor;
    font-size: var(--p-type-4);
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
    gap: var(--p-space-1);
    min-block-size: 16px;
    margin-block-start: var(--p-space-1);
    padding-inline: var(--p-space-1);
    font-size: var(--p-type-2);
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
    gap: var(--p-space-1);
    margin-block: var(--p-space-15) var(--p-space-2);
  }
  .typing {
    display: flex;
    align-items: center;
    gap: var(--p-space-2);
    margin-block-start: var(--p-space-3);
    font-size: var(--p-type-3);
    color: var(--p-muted);
    animation: rise var(--p-calm) var(--p-ease);
  }
  .pictured .typing {
    margin-inline-start: 36px;
  }
  .dots {
    display: inline-flex;
    gap: var(--p-space-1);
    padding: var(--p-space-3) var(--p-space-3);
    border-radius: var(--p-bubble-radius);
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
    font-size: var(--p-type-3);
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
