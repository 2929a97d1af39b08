import { css } from "lit";

export const hereStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    block-size: 100%;
  }
  .search {
    margin: 8px 12px;
    flex: none;
  }
  .box {
    flex: 1;
    min-block-size: 0;
  }
  ul {
    display: grid;
    grid-template-columns: 1fr;
    padding: 0 8px 8px;
  }
  li {
    position: relative;
    min-inline-size: 0;
    block-size: 52px;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 10px;
    inline-size: 100%;
    block-size: 100%;
    padding-inline: 8px 44px;
    border-radius: calc(var(--p-radius) * 0.75);
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
    gap: 6px;
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
    font-size: 14px;
    font-weight: 600;
    line-height: 1.3;
  }
  .login {
    display: block;
    font-size: 13px;
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
    padding: 16px 20px;
    color: var(--p-muted);
    overflow-wrap: anywhere;
  }
`;
