import { css } from "lit";

export const page = css`
  .page {
    display: block;
    max-inline-size: 1120px;
    margin-inline: auto;
    padding: 28px 32px 64px;
  }
  .page.full,
  admin-members.page,
  admin-messages.page {
    max-inline-size: none;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    justify-content: space-between;
    gap: 12px 24px;
    margin-block-end: 20px;
  }
  .head > div:first-child {
    min-inline-size: 0;
  }
  .head h1 {
    overflow-wrap: anywhere;
    font-size: 26px;
    font-weight: 700;
    letter-spacing: -0.02em;
    line-height: 1.25;
    outline: 0;
  }
  .head .hint {
    max-inline-size: 64ch;
    margin-block-start: 4px;
    font-size: 15px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .button .icon {
    inline-size: 18px;
    block-size: 18px;
  }
  .button {
    min-block-size: 38px;
    padding-block: 6px;
    border-radius: 10px;
  }
  .button.outline {
    background: var(--p-surface);
    color: var(--p-text);
    box-shadow: inset 0 0 0 1px var(--p-line);
  }
  .button.outline:hover:not(:disabled) {
    background: var(--p-hover);
    filter: none;
  }
  .card {
    background: var(--p-surface);
    border: 1px solid var(--p-line);
    border-radius: var(--p-radius);
  }
  section.card,
  form.card.block {
    padding: 20px 24px 24px;
    margin-block-end: 20px;
  }
  .card > h2,
  .title {
    font-size: 17px;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  .card > h2 + .hint {
    margin-block-start: 2px;
  }
  .hint {
    font-size: 14px;
    color: var(--p-muted);
  }
  .stack {
    display: grid;
    gap: 16px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
  }
  .spread {
    justify-content: space-between;
  }
  .two {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 260px), 1fr));
    gap: 16px 20px;
  }
  .list {
    overflow: hidden;
  }
  .list > li {
    display: flex;
    align-items: center;
    gap: 14px;
    padding: 12px 18px;
    min-block-size: 60px;
  }
  .list > li + li {
    border-block-start: 1px solid var(--p-line);
  }
  .list > li.pressable {
    position: relative;
  }
  .list > li.pressable:hover {
    background: var(--p-hover);
  }
  .grow {
    flex: 1;
    min-inline-size: 0;
  }
  .grow > * {
    overflow-wrap: anywhere;
  }
  .strong {
    font-weight: 600;
  }
  .list a.name {
    color: inherit;
    font-weight: 600;
    text-decoration: none;
  }
  .list a.name:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  a.cover {
    color: inherit;
    text-decoration: none;
    font-weight: 600;
  }
  a.cover::after {
    content: "";
    position: absolute;
    inset: 0;
  }
  a.cover:focus-visible {
    outline: 0;
  }
  a.cover:focus-visible::after {
    outline: 2px solid var(--p-focus);
    outline-offset: -2px;
    border-radius: 10px;
  }
  .above {
    position: relative;
    z-index: 1;
  }
  .muted {
    color: var(--p-muted);
  }
  .small {
    font-size: 13.5px;
  }
  .numeric {
    font-variant-numeric: tabular-nums;
  }
  .clip {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 56px 24px;
    text-align: center;
    color: var(--p-muted);
  }
  .empty > .icon {
    inline-size: 40px;
    block-size: 40px;
    opacity: 0.6;
  }
  .empty h1,
  .empty h2 {
    font-size: 18px;
    font-weight: 650;
    color: var(--p-text);
  }
  .empty p {
    max-inline-size: 46ch;
  }
  .empty .button {
    margin-block-start: 8px;
  }
  .bones {
    display: grid;
    gap: 14px;
    padding: 20px 0;
  }
  .bones i {
    block-size: 44px;
    border-radius: 12px;
    background: var(--p-bubble);
    animation: breathe 1.4s ease-in-out infinite alternate;
  }
  @keyframes breathe {
    from {
      opacity: 0.9;
    }
    to {
      opacity: 0.4;
    }
  }
  .foot {
    position: sticky;
    z-index: 2;
    inset-block-end: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 8px 12px;
    margin-block-start: 20px;
    padding: 14px 20px;
    border: 1px solid var(--p-line);
    border-radius: var(--p-radius) var(--p-radius) 0 0;
    background: var(--p-raised);
    box-shadow: 0 -4px 24px rgb(16 20 30 / 6%);
  }
  .foot > .mark {
    margin-inline-end: auto;
  }
  @media (max-width: 900px) {
    .page {
      padding: 20px 16px 48px;
    }
    .head h1 {
      font-size: 22px;
    }
    .list > li {
      flex-wrap: wrap;
      gap: 8px 12px;
      padding-inline: 16px;
    }
    .list > li > .grow {
      flex-basis: calc(100% - 116px);
    }
    .row.spread > .hint.grow,
    .row > code.grow {
      flex-basis: 100%;
    }
    .foot {
      padding: 10px 12px;
    }
    .foot > .mark {
      margin: 0;
      flex-basis: 100%;
      justify-content: center;
    }
    .foot > .plain {
      margin-inline-end: auto;
    }
    /* Nothing to save: it does not stand in the way. */
    .foot:not(.dirty) {
      position: static;
    }
    section.card,
    form.card.block {
      padding: 16px;
    }
  }
`;
