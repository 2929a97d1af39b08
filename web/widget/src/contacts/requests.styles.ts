import { css } from "lit";

export const requestsStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
  }
  .segments {
    display: flex;
    flex: none;
    margin: 0 16px 8px;
  }
  .segments button {
    flex: 1;
    justify-content: center;
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    padding: 4px 16px 16px;
  }
  .scroll > .notice {
    min-block-size: 100%;
  }
  ul {
    display: grid;
    gap: 10px;
    max-inline-size: 640px;
    margin-inline: auto;
  }
  li {
    display: grid;
    gap: 10px;
    padding: 12px;
    border: 1px solid var(--p-line);
    border-radius: var(--p-radius);
    animation: arrive 0.2s var(--p-ease);
  }
  .who {
    display: grid;
    grid-template-columns: auto 1fr auto;
    align-items: center;
    column-gap: 12px;
    border-radius: calc(var(--p-radius) * 0.5);
  }
  .text {
    display: grid;
    min-inline-size: 0;
  }
  b {
    font-weight: 650;
    overflow-wrap: anywhere;
  }
  .who:hover b {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .about {
    font-size: 14px;
    color: var(--p-muted);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  time {
    align-self: start;
    padding-block-start: 4px;
    font-size: 12px;
    color: var(--p-muted);
  }
  .note {
    padding: 10px 14px;
    border-radius: calc(var(--p-radius) * 0.75);
    background: var(--p-sunken);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .choices {
    display: flex;
    gap: 8px;
  }
  .choices .button {
    flex: 0 1 auto;
    min-block-size: var(--p-hit);
  }
  .load-more {
    display: flex;
    margin: 12px auto 0;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      translate: 0 -6px;
    }
  }
`;
