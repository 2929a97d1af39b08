import { css } from "lit";

export const groupStyles = css`
  .inner {
    gap: 16px;
    max-inline-size: 560px;
    padding-inline: 16px;
  }
  .head {
    display: grid;
    justify-items: center;
    gap: 4px;
    text-align: center;
  }
  .called {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 4px;
    max-inline-size: 100%;
    margin-block-start: 8px;
  }
  .called b {
    min-inline-size: 0;
    font-size: 20px;
    font-weight: 700;
    line-height: 1.25;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }
  .quiet {
    font-size: 14px;
    color: var(--p-muted);
    text-wrap: balance;
  }
  form.rename {
    inline-size: 100%;
    max-inline-size: 400px;
    margin-block-start: 8px;
    text-align: start;
  }
  .pair {
    display: flex;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 8px;
  }
  .doings {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(0, 1fr);
    gap: 8px;
  }
  .doing {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 4px;
    min-block-size: 64px;
    padding: 8px 4px;
    border-radius: calc(var(--p-radius) * 0.75);
    background: var(--p-sunken);
    color: var(--p-accent-text);
    font-size: 13px;
    font-weight: 600;
    text-align: center;
    transition: background-color 0.12s;
  }
  .doing:hover {
    background: var(--p-hover);
  }
  .doing.danger {
    color: var(--p-danger);
  }
  h3 {
    padding: 12px 12px 0;
    margin-block-end: -8px;
    font-size: 13px;
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
    padding-inline-end: 12px;
  }
  .people .side.can {
    justify-content: flex-end;
  }
  .row .tag {
    padding: 1px 8px;
    font-size: 12px;
  }
  .row .you {
    flex: none;
    color: var(--p-muted);
    font-weight: 400;
  }
`;
