import { css } from "lit";

export const groupStyles = css`
  .inner {
    gap: var(--p-space-4);
    max-inline-size: 560px;
    padding-inline: var(--p-space-4);
  }
  .head {
    display: grid;
    justify-items: center;
    gap: var(--p-space-1);
    text-align: center;
  }
  .called {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--p-space-1);
    max-inline-size: 100%;
    margin-block-start: var(--p-space-2);
  }
  .called b {
    min-inline-size: 0;
    font-size: var(--p-type-8);
    font-weight: 700;
    line-height: 1.25;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }
  .quiet {
    font-size: var(--p-type-4);
    color: var(--p-muted);
    text-wrap: balance;
  }
  form.rename {
    inline-size: 100%;
    max-inline-size: 400px;
    margin-block-start: var(--p-space-2);
    text-align: start;
  }
  .pair {
    display: flex;
    justify-content: flex-end;
    gap: var(--p-space-2);
    margin-block-start: var(--p-space-2);
  }
  .doings {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(0, 1fr);
    gap: var(--p-space-2);
  }
  .doing {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: var(--p-space-1);
    min-block-size: 64px;
    padding: var(--p-space-2) var(--p-space-1);
    border-radius: var(--p-radius-small);
    background: var(--p-sunken);
    color: var(--p-accent-text);
    font-size: var(--p-type-3);
    font-weight: 600;
    text-align: center;
    transition: background-color var(--p-quick);
  }
  .doing:hover {
    background: var(--p-hover);
  }
  .doing.danger {
    color: var(--p-danger);
  }
  h3 {
    padding: var(--p-space-3) var(--p-space-3) 0;
    margin-block-end: calc(-1 * var(--p-space-2));
    font-size: var(--p-type-3);
    font-weight: 600;
    color: var(--p-muted);
  }
  ul.people {
    display: grid;
    grid-template-columns: 1fr;
  }
  .people li {
    min-inline-size: 0;
  }
  .person-row > .row {
    padding-inline-end: var(--p-space-3);
  }
  .people .side.can {
    justify-content: flex-end;
  }
  .row .tag {
    padding: 1px var(--p-space-2);
    font-size: var(--p-type-2);
  }
  .row .you {
    flex: none;
    color: var(--p-muted);
    font-weight: 400;
  }
`;
