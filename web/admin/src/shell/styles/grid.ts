import { css } from "lit";

export const grid = css`
  admin-members.page {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    padding-block-end: 20px;
  }
  admin-members .head {
    margin-block-end: 8px;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin-block-end: 12px;
  }
  .filters .search {
    flex: 1 1 220px;
    max-inline-size: 320px;
  }
  .filters .search .input {
    background: var(--p-surface);
    border-color: var(--p-line);
  }
  .filter {
    position: relative;
    display: inline-flex;
    align-items: center;
    min-block-size: 40px;
    border-radius: 10px;
    background: var(--p-surface);
    box-shadow: inset 0 0 0 1px var(--p-line);
    font-size: 14px;
  }
  .filter > select {
    appearance: none;
    border: 0;
    max-inline-size: 200px;
    field-sizing: content;
    min-block-size: 40px;
    padding: 4px 30px 4px 12px;
    border-radius: 10px;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
    text-overflow: ellipsis;
  }
  .filter > .icon {
    position: absolute;
    inset-inline-end: 10px;
    inline-size: 14px;
    pointer-events: none;
    color: var(--p-muted);
  }
  admin-attributes {
    display: contents;
  }
  .filter.more,
  .filter.word {
    flex: none;
    white-space: nowrap;
  }
  .filter.more {
    gap: 6px;
    padding-inline: 10px 12px;
  }
  .filter.more > .icon,
  .filter.word .icon {
    position: static;
    inline-size: 14px;
    block-size: 14px;
  }
  .filter.word {
    padding-inline-start: 12px;
    max-inline-size: 100%;
    overflow-wrap: anywhere;
  }
  .filter.word > button {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 40px;
    border-radius: 10px;
  }
  .filter option {
    color: CanvasText;
    background: Canvas;
  }
  .filter.on {
    background: var(--p-accent-soft);
    color: var(--p-accent-text);
    font-weight: 600;
    box-shadow: inset 0 0 0 1.5px currentColor;
  }
  .grid {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 320px;
    overflow: hidden;
  }
  .grid-bar {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 6px 12px 6px 8px;
    border-block-end: 1px solid var(--p-line);
    min-block-size: 52px;
  }
  .grid-bar > .grow {
    font-size: 14px;
  }
  .grid-scroll {
    flex: 1;
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    outline-offset: -2px;
  }
  .grid-head,
  .grid-row {
    display: grid;
    grid-template-columns: var(--columns);
    align-items: center;
    inline-size: 100%;
  }
  .grid-head {
    position: sticky;
    z-index: 1;
    inset-block-start: 0;
    min-block-size: 40px;
    background: var(--p-surface);
    border-block-end: 1px solid var(--p-line);
    font-size: 13px;
    font-weight: 600;
    color: var(--p-muted);
  }
  .grid-row {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    block-size: 56px;
    border-block-end: 1px solid var(--p-line);
    font-size: 14.5px;
  }
  .grid-row:hover {
    background: var(--p-hover);
  }
  .grid-row.chosen {
    background: var(--p-accent-soft);
  }
  .grid-head > *,
  .grid-row > * {
    padding-inline: 12px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .grid-head > * {
    white-space: normal;
    line-height: 1.25;
  }
  .grid-head > :first-child,
  .grid-row > :first-child {
    display: flex;
    padding-inline: 16px 4px;
  }
  .grid-head button {
    text-align: start;
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-block-size: 36px;
    font-weight: 600;
  }
  .grid-head button .icon {
    inline-size: 14px;
  }
  .sorted {
    display: grid;
  }
  .sorted.up {
    rotate: 180deg;
  }
  .grid-head button:focus-visible {
    outline-offset: -2px;
    border-radius: 6px;
  }
  .cell-name {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .cell-name parvis-avatar {
    --size: 34px;
    --p-avatar-ring: var(--p-surface);
  }
  .cell-name a {
    color: inherit;
    font-weight: 600;
    text-decoration: none;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .cell-name a:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .grid-row i.bone {
    display: block;
    block-size: 12px;
    inline-size: 60%;
    border-radius: 6px;
    background: var(--p-bubble);
  }
  .view-name {
    font-weight: 600;
  }
  .dot {
    display: inline-block;
    inline-size: 9px;
    block-size: 9px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: var(--p-online);
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 14.5px;
  }
  th {
    text-align: start;
    font-size: 13px;
    font-weight: 600;
    color: var(--p-muted);
  }
  th,
  td {
    padding: 10px 14px;
    border-block-end: 1px solid var(--p-line);
    vertical-align: middle;
  }
  tbody tr:last-child > * {
    border-block-end: 0;
  }
  td.numeric,
  th.numeric {
    text-align: end;
  }
  .table-scroll {
    overflow-x: auto;
    border-radius: inherit;
  }
  .card.table-scroll {
    border-radius: var(--p-radius);
  }
  @media (max-width: 900px) {
    admin-members.page {
      block-size: auto;
      min-block-size: 100%;
    }
    .grid {
      flex: none;
      block-size: calc(100dvh - 150px);
    }
    .filters {
      flex-wrap: nowrap;
      overflow-x: auto;
      scrollbar-width: none;
      margin-inline: -16px;
      padding: 2px 16px;
    }
    .filters .search {
      flex: 0 0 200px;
    }
    .filters > * {
      flex: none;
    }
  }
`;
