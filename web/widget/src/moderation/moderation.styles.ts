import { css } from "lit";

export const moderationStyles = css`
  :host {
    display: block;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--p-line) transparent;
  }
  .none {
    outline: 0;
  }
  section {
    padding: var(--p-space-3) var(--p-space-4);
  }
  section + section {
    border-block-start: 1px solid var(--p-line);
  }
  h3 {
    margin-block-end: var(--p-space-2);
    font: inherit;
    font-size: var(--p-type-3);
    font-weight: 650;
    color: var(--p-muted);
  }
  li {
    padding-block: var(--p-space-2);
    overflow-wrap: anywhere;
  }
  li + li {
    border-block-start: 1px solid var(--p-line);
  }
  .who {
    font-size: var(--p-type-4);
    font-weight: 600;
  }
  .who .tag {
    margin-inline-start: var(--p-space-1);
    font-weight: 500;
    vertical-align: bottom;
  }
  .said {
    margin-block: var(--p-space-15);
    padding: var(--p-space-2) var(--p-space-3);
    border-radius: var(--p-radius-small);
    background: var(--p-bubble);
    font-size: var(--p-type-4);
    white-space: pre-wrap;
  }
  .said.gone {
    background: none;
    border: 1px dashed var(--p-field-line);
    color: var(--p-muted);
    font-style: italic;
  }
  .why,
  .when {
    font-size: var(--p-type-3);
    color: var(--p-muted);
  }
  .why {
    color: var(--p-text);
  }
  details {
    margin-block: var(--p-space-1);
    font-size: var(--p-type-3);
  }
  summary {
    padding-block: var(--p-space-1);
    color: var(--p-accent-text);
    font-weight: 600;
    cursor: pointer;
  }
  details p {
    padding-block: var(--p-space-1);
  }
  details b {
    font-weight: 600;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--p-space-15);
    margin-block-start: var(--p-space-2);
  }
`;
