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
    margin: 0 var(--p-space-4) var(--p-space-2);
  }
  .segments button {
    flex: 1;
    justify-content: center;
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    padding: var(--p-space-1) var(--p-space-4) var(--p-space-4);
  }
  .scroll > .notice {
    min-block-size: 100%;
  }
  ul {
    display: grid;
    gap: var(--p-space-2);
    max-inline-size: 640px;
    margin-inline: auto;
  }
  li {
    display: grid;
    gap: var(--p-space-2);
    padding: var(--p-space-3);
    border: 1px solid var(--p-line);
    border-radius: var(--p-radius);
    animation: arrive var(--p-calm) var(--p-ease);
  }
  .who {
    display: grid;
    grid-template-columns: auto 1fr auto;
    align-items: center;
    column-gap: var(--p-space-3);
    border-radius: var(--p-radius-tiny);
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
    font-size: var(--p-type-4);
    color: var(--p-muted);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  time {
    align-self: start;
    padding-block-start: var(--p-space-1);
    font-size: var(--p-type-2);
    color: var(--p-muted);
  }
  .note {
    padding: var(--p-space-2) var(--p-space-3);
    border-radius: var(--p-radius-small);
    background: var(--p-sunken);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .choices {
    display: flex;
    gap: var(--p-space-2);
  }
  .choices .button {
    flex: 0 1 auto;
    min-block-size: var(--p-hit);
    padding-inline: var(--p-space-4);
  }
  .load-more {
    display: flex;
    margin: var(--p-space-3) auto 0;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      translate: 0 -6px;
    }
  }
`;
