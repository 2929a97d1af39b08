import { css } from "lit";

/** Whispers and what surrounds them. Their colours come from the element, for log and composer alike. */
export const roomLogStyles = css`
  .scroll {
    padding-inline: var(--p-room-pad, 16px);
  }
  .aside .bubble,
  .aside.mine .bubble {
    background: var(--p-aside);
    color: var(--p-text);
    box-shadow: inset 0 0 0 1.5px var(--p-aside-line);
  }
  .aside.failed .bubble {
    background: var(--p-danger-soft);
    box-shadow: none;
  }
  .message.aside a {
    color: var(--p-aside-text);
  }
  .aside .edited {
    color: var(--p-muted);
  }
  .between {
    display: flex;
    gap: var(--p-space-1);
    align-items: flex-start;
    max-inline-size: 100%;
    margin-block: var(--p-space-15) var(--p-space-1);
    padding-inline: var(--p-space-1);
    font-size: var(--p-type-3);
    font-weight: 600;
    line-height: 1.35;
    color: var(--p-aside-text);
  }
  .between .icon {
    inline-size: 15px;
    block-size: 15px;
    margin-block-start: 1px;
  }
  .aside-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--p-space-1);
    margin-inline: calc(-1 * var(--p-space-1));
  }
  .mine .aside-actions {
    justify-content: flex-end;
  }
  .aside-actions button {
    display: inline-flex;
    align-items: center;
    gap: var(--p-space-1);
    min-block-size: 28px;
    padding: var(--p-space-half) var(--p-space-2);
    border-radius: 99px;
    font-size: var(--p-type-3);
    font-weight: 600;
    color: var(--p-aside-text);
  }
  .aside-actions button:hover {
    background: var(--p-aside);
  }
  .aside-actions .icon {
    inline-size: 15px;
    block-size: 15px;
  }
  @media (pointer: coarse) {
    .aside-actions button {
      min-block-size: 36px;
    }
  }
  .mention {
    font-weight: 600;
    color: var(--p-accent-text);
  }
  .mine:not(.aside) .mention {
    color: inherit;
    text-decoration: underline;
    text-decoration-style: dotted;
    text-underline-offset: 3px;
  }
  .mention.me {
    padding: 1px var(--p-space-1);
    margin: -1px calc(-1 * var(--p-space-half));
    border-radius: var(--p-space-1);
    background: var(--p-named-mark);
    color: var(--p-text);
  }
  .names-me .bubble {
    background: var(--p-named);
  }
  .moderates {
    display: inline-block;
    margin-inline-start: var(--p-space-15);
    padding: 0 var(--p-space-2);
    border: 1px solid currentColor;
    border-radius: 99px;
    font-size: var(--p-type-1);
    font-weight: 600;
    line-height: 16px;
    vertical-align: bottom;
    color: var(--p-online-text);
  }
  .held {
    display: grid;
    gap: var(--p-space-1);
    justify-items: end;
    margin-block-start: var(--p-space-3);
  }
  .held .bubble {
    max-inline-size: min(80%, 560px);
    padding: var(--p-space-2) var(--p-space-3);
    border: 1px dashed var(--p-field-line);
    background: none;
    color: var(--p-muted);
  }
  .held .why {
    display: flex;
    gap: var(--p-space-1);
    align-items: flex-start;
    max-inline-size: min(90%, 560px);
    font-size: var(--p-type-3);
    color: var(--p-muted);
  }
  .held .why b {
    font-weight: 600;
    color: var(--p-text);
  }
  .held.rejected .why b {
    color: var(--p-danger);
  }
  .held .why .icon {
    inline-size: 16px;
    block-size: 16px;
    margin-block-start: 1px;
  }
  :host([compact]) {
    --p-room-pad: 10px;
  }
  :host([compact]) .stack {
    max-inline-size: 92%;
  }
  :host([compact]) .bubble {
    padding: var(--p-space-2) var(--p-space-3);
    font-size: var(--p-type-4);
  }
`;
