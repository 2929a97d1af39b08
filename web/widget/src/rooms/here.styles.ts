import { css } from "lit";

export const hereStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    block-size: 100%;
  }
  .search {
    margin: var(--p-space-2) var(--p-space-3);
    flex: none;
  }
  .box {
    flex: 1;
    min-block-size: 0;
  }
  ul {
    display: grid;
    grid-template-columns: 1fr;
    padding: 0 var(--p-space-2) var(--p-space-2);
  }
  li {
    position: relative;
    min-inline-size: 0;
    block-size: 52px;
  }
  .row {
    display: flex;
    align-items: center;
    gap: var(--p-space-2);
    inline-size: 100%;
    block-size: 100%;
    padding-inline: var(--p-space-2) 44px;
    border-radius: var(--p-radius-small);
  }
  .row:hover:not([aria-disabled="true"]) {
    background: var(--p-hover);
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  .row[aria-disabled="true"] {
    cursor: default;
  }
  .row parvis-avatar {
    --size: 34px;
    flex: none;
  }
  .text {
    flex: 1;
    min-inline-size: 0;
  }
  .line {
    display: flex;
    align-items: center;
    gap: var(--p-space-15);
    min-inline-size: 0;
  }
  .line .badges {
    flex: none;
    max-inline-size: 62%;
    margin: 0;
    overflow: hidden;
  }
  .name,
  .login {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name {
    font-size: var(--p-type-4);
    font-weight: 600;
    line-height: 1.3;
  }
  .login {
    display: block;
    font-size: var(--p-type-3);
    line-height: 1.3;
    color: var(--p-muted);
  }
  .shield {
    flex: none;
    color: var(--p-online-text);
  }
  .shield .icon {
    inline-size: 17px;
    block-size: 17px;
  }
  .more {
    position: absolute;
    inset-block-start: 6px;
    inset-inline-end: 2px;
    opacity: 0;
  }
  li:hover .more,
  li:focus-within .more,
  .more[aria-expanded="true"] {
    opacity: 1;
  }
  @media (hover: none) {
    .more {
      opacity: 1;
    }
  }
  .nobody {
    padding: var(--p-space-4) var(--p-space-5);
    color: var(--p-muted);
    overflow-wrap: anywhere;
  }
`;
