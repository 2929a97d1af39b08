import { css } from "lit";

export const chat = css`
  .inbox {
    display: grid;
    grid-template-columns: minmax(280px, 360px) minmax(0, 1fr);
    overflow: hidden;
    block-size: calc(100dvh - 170px);
    min-block-size: 420px;
  }
  .inbox > .threads {
    display: flex;
    flex-direction: column;
    border-inline-end: 1px solid var(--p-line);
    min-block-size: 0;
  }
  .threads > .filters {
    flex-wrap: wrap;
    margin: 0;
    padding: 12px;
    border-block-end: 1px solid var(--p-line);
  }
  .threads > .filters .search {
    flex: 1 1 100%;
    max-inline-size: none;
  }
  .threads > ul {
    overflow-y: auto;
    flex: 1;
  }
  .thread {
    position: relative;
    display: flex;
    gap: 12px;
    padding: 12px 14px;
    border-block-end: 1px solid var(--p-line);
  }
  .thread:hover {
    background: var(--p-hover);
  }
  .thread.here {
    background: var(--p-accent-soft);
  }
  .thread parvis-avatar {
    --size: 42px;
  }
  .thread .grow > .row {
    flex-wrap: nowrap;
    justify-content: space-between;
  }
  .thread.unread a.cover {
    font-weight: 750;
  }
  .thread p {
    font-size: 14px;
    color: var(--p-muted);
  }
  .thread.unread p {
    color: var(--p-text);
  }
  .talk {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    block-size: 100%;
  }
  .talk > header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    padding: 10px 16px;
    border-block-end: 1px solid var(--p-line);
  }
  .talk > header parvis-avatar {
    --size: 38px;
  }
  .log {
    flex: 1;
    overflow-y: auto;
    display: flex;
    flex-direction: column;
    gap: 10px;
    padding: 16px;
    min-block-size: 160px;
  }
  .said {
    max-inline-size: min(560px, 84%);
    align-self: flex-start;
  }
  .said.ours {
    align-self: flex-end;
  }
  .said > .bubble {
    padding: 8px 14px;
    border-radius: 16px;
    background: var(--p-bubble);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .said.ours > .bubble {
    background: var(--p-accent-soft);
  }
  .said > small {
    display: block;
    padding: 2px 6px;
    font-size: 12.5px;
    color: var(--p-muted);
  }
  .said.ours > small {
    text-align: end;
  }
  .said.note {
    align-self: center;
    inline-size: min(560px, 100%);
  }
  .said.note > .bubble {
    background: var(--p-warn-soft);
    border-radius: 12px;
    white-space: normal;
  }
  .day {
    align-self: center;
    font-size: 13px;
    color: var(--p-muted);
  }
  .write {
    display: grid;
    gap: 8px;
    padding: 12px 16px;
    border-block-start: 1px solid var(--p-line);
  }
  .write textarea {
    min-block-size: 64px;
  }
  .nobody {
    display: grid;
    place-items: center;
  }
  .drawer .talk {
    block-size: calc(100dvh - 148px);
    margin-inline: -24px;
    margin-block-end: -24px;
  }
  @media (max-width: 900px) {
    .drawer .talk {
      margin-inline: -16px;
    }
    .talk > header {
      gap: 8px;
      padding-inline: 12px;
    }
    /* The name has the first line for itself. */
    .talk > header > .grow {
      flex-basis: calc(100% - 110px);
    }
    .write {
      padding-inline: 12px;
    }
    .write .spread {
      flex-wrap: nowrap;
    }
    .write .row .row {
      gap: 0 8px;
    }
    .write admin-menu .button > span {
      display: none;
    }
    .inbox {
      grid-template-columns: minmax(0, 1fr);
      block-size: calc(100dvh - 140px);
    }
    admin-messages:has(.inbox.one) > .head {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    admin-messages.page:has(.inbox.one) {
      padding: 0;
    }
    .inbox.one {
      block-size: calc(100dvh - 57px);
      border: 0;
      border-radius: 0;
    }
    .inbox.one > .threads,
    .inbox:not(.one) > .talk,
    .inbox:not(.one) > .nobody {
      display: none;
    }
  }
  @media (min-width: 901px) {
    .talk .only-narrow {
      display: none;
    }
  }
`;
