import { css } from "lit";

export const frame = css`
  :host {
    --p-radius: 14px;
    --side: 280px;
    block-size: 100dvh;
  }
  .root {
    block-size: 100%;
    background: var(--p-sunken);
  }
  .icon {
    inline-size: 20px;
    block-size: 20px;
    flex: none;
  }
  .skip {
    position: absolute;
    z-index: 9;
    inset-block-start: -80px;
    inset-inline-start: 16px;
    padding: 10px 16px;
    border-radius: 10px;
    background: var(--p-raised);
    color: var(--p-text);
    box-shadow: var(--p-shadow-small);
  }
  .skip:focus {
    inset-block-start: 16px;
  }
  admin-frame {
    display: block;
    block-size: 100%;
  }
  .frame {
    display: grid;
    grid-template: minmax(0, 1fr) / var(--side) minmax(0, 1fr);
    block-size: 100%;
  }
  .frame > main {
    overflow: auto;
    outline: 0;
    scrollbar-gutter: stable;
  }
  .top {
    display: contents;
  }
  .bar,
  .veil {
    display: none;
  }
  .side {
    display: flex;
    flex-direction: column;
    gap: 4px;
    padding: 12px;
    overflow-y: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--p-line) transparent;
    background: var(--p-surface);
    border-inline-end: 1px solid var(--p-line);
  }
  .side nav {
    flex: 1;
  }
  .side h2 {
    padding: 12px 12px 2px;
    font-size: 12px;
    font-weight: 600;
    color: var(--p-muted);
  }
  .side nav > ul:first-child {
    margin-block-start: 8px;
  }
  .side li a {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 35px;
    padding: 4px 12px;
    border-radius: 10px;
    color: var(--p-text);
    font-size: 14.5px;
    text-decoration: none;
    transition: background-color 0.12s;
  }
  .side li a > .icon {
    color: var(--p-muted);
  }
  .side li a > span {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .side li a:hover {
    background: var(--p-hover);
  }
  .side li a[aria-current] {
    background: var(--p-accent-soft);
    color: var(--p-accent-text);
    font-weight: 600;
  }
  .side li a[aria-current] > .icon {
    color: inherit;
  }
  .person {
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: 100%;
    padding: 8px;
    border-radius: 12px;
  }
  .person:hover {
    background: var(--p-hover);
  }
  .person > .icon {
    inline-size: 16px;
    color: var(--p-muted);
  }
  .person parvis-avatar {
    --size: 36px;
  }
  .switcher .person parvis-avatar {
    --p-avatar-radius: 10px;
  }
  .who {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    line-height: 1.3;
  }
  .who > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .who b {
    font-size: 14.5px;
    font-weight: 600;
  }
  .who small {
    font-size: 12.5px;
    color: var(--p-muted);
  }
  .me {
    position: sticky;
    inset-block-end: -12px;
    margin-block: auto -12px;
    padding-block: 8px 12px;
    background: var(--p-surface);
  }
  .door {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: 24px;
    min-block-size: 100%;
    padding: 24px 16px;
  }
  .door .card {
    display: grid;
    gap: 18px;
    inline-size: min(400px, 100%);
    padding: 36px 32px 32px;
    border-radius: 20px;
    box-shadow: var(--p-shadow);
    border: 0;
  }
  .door h1 {
    font-size: 26px;
    font-weight: 700;
    letter-spacing: -0.02em;
    line-height: 1.2;
  }
  .door .card > .hint {
    margin-block-start: -12px;
    font-size: 15px;
  }
  .door .error:empty {
    display: none;
  }
  .logo {
    display: grid;
    place-items: center;
    inline-size: 52px;
    block-size: 52px;
    border-radius: 16px;
    background: var(--p-accent);
    color: var(--p-on-accent);
  }
  .logo .icon {
    inline-size: 28px;
    block-size: 28px;
  }
  .languages {
    display: flex;
    gap: 8px;
  }
  .link {
    min-block-size: 32px;
    padding-inline: 8px;
    border-radius: 8px;
    color: var(--p-accent-text);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  p > a.link:first-child {
    display: inline-block;
    margin-inline-start: -8px;
  }
  .link[aria-pressed="true"] {
    color: var(--p-muted);
    text-decoration: none;
  }
  .toasts {
    position: fixed;
    inset: auto 0 0;
    inline-size: auto;
    block-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    overflow: visible;
    pointer-events: none;
  }
  @media (max-width: 900px) {
    .frame {
      grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    }
    .bar {
      display: flex;
      align-items: center;
      gap: 8px;
      padding: 6px 8px;
      background: var(--p-surface);
      border-block-end: 1px solid var(--p-line);
      position: relative;
      z-index: 6;
    }
    .bar strong {
      font-weight: 600;
    }
    .side {
      position: fixed;
      z-index: 5;
      inset-block: 57px 0;
      inset-inline-start: 0;
      inline-size: min(300px, 85vw);
      visibility: hidden;
      translate: -100% 0;
      transition: translate 0.2s var(--p-ease), visibility 0.2s;
    }
    .side:dir(rtl) {
      translate: 100% 0;
    }
    .side.open {
      visibility: visible;
      translate: 0 0;
      box-shadow: var(--p-shadow);
    }
    .side li a {
      min-block-size: 46px;
    }
    .veil {
      display: block;
      position: fixed;
      z-index: 4;
      inset: 0;
      background: rgb(12 14 20 / 40%);
    }
  }
`;
