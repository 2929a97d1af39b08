import { css } from "lit";

export const roomComposerStyles = css`
  form {
    position: relative;
  }
  .box {
    transition: border-color var(--p-quick), background-color var(--p-quick);
  }
  /* What would be private can't be taken for public: colour, lock, words. */
  form.aside .box {
    border-color: var(--p-aside-line);
    background: var(--p-aside);
    box-shadow: 0 0 0 1px var(--p-aside-line);
  }
  form.aside .send:not(:disabled) {
    background: var(--p-aside-text);
    color: var(--p-surface);
  }
  .audience {
    display: flex;
    flex-wrap: wrap;
    gap: var(--p-space-15);
    align-items: center;
    padding: 0 var(--p-space-1) var(--p-space-2) var(--p-space-2);
    font-size: var(--p-type-4);
    font-weight: 600;
    color: var(--p-aside-text);
  }
  .audience p {
    display: flex;
    gap: var(--p-space-15);
    align-items: flex-start;
    min-inline-size: 0;
    line-height: 1.35;
  }
  .audience p .icon {
    inline-size: 17px;
    block-size: 17px;
    margin-block-start: 1px;
  }
  .audience .wrong {
    color: var(--p-danger);
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: var(--p-space-half);
    max-inline-size: 100%;
    padding-inline: var(--p-space-2) var(--p-space-half);
    border-radius: 99px;
    background: var(--p-aside);
    box-shadow: inset 0 0 0 1px var(--p-aside-line);
    font-weight: 500;
    line-height: 26px;
    color: var(--p-text);
  }
  .chip span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip.wrong {
    background: var(--p-danger-soft);
    box-shadow: inset 0 0 0 1px currentColor;
  }
  .chip button {
    display: grid;
    place-items: center;
    inline-size: 26px;
    block-size: 26px;
    border-radius: 50%;
    flex: none;
  }
  .chip button:hover {
    background: var(--p-hover);
  }
  .chip .icon {
    inline-size: 13px;
    block-size: 13px;
  }
  .found {
    position: absolute;
    z-index: 2;
    inset-inline: 0;
    inset-block-end: calc(100% + 4px);
    padding: var(--p-space-15);
    border: 1px solid var(--p-line);
    border-radius: var(--p-radius-small);
    background: var(--p-raised);
    box-shadow: var(--p-shadow-small);
  }
  .found li {
    display: flex;
    align-items: center;
    gap: var(--p-space-2);
    min-block-size: var(--p-hit);
    padding: var(--p-space-1) var(--p-space-2);
    border-radius: var(--p-radius-tiny);
    cursor: pointer;
  }
  .found li[aria-selected="true"] {
    background: var(--p-accent-soft);
  }
  .found parvis-avatar {
    --size: 28px;
  }
  .found .who {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .found .login {
    flex: none;
    max-inline-size: 45%;
    overflow: hidden;
    text-overflow: ellipsis;
    font-size: var(--p-type-3);
    color: var(--p-muted);
  }
  .slow {
    display: flex;
    gap: var(--p-space-15);
    align-items: center;
    padding: var(--p-space-15) var(--p-space-3) 0;
    font-size: var(--p-type-3);
    color: var(--p-muted);
    font-variant-numeric: tabular-nums;
  }
  .slow .icon {
    inline-size: 15px;
    block-size: 15px;
  }
  .cannot .by {
    display: block;
    margin-block-start: var(--p-space-half);
  }
  :host([compact]) {
    padding: 6px 8px calc(8px + env(safe-area-inset-bottom, 0px));
  }
  :host([compact]) .found li {
    padding-inline: var(--p-space-15);
  }
  :host([compact]) .found .login {
    display: none;
  }
`;
