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
  section {
    padding: 12px 16px;
  }
  section + section {
    border-block-start: 1px solid var(--p-line);
  }
  h3 {
    margin-block-end: 8px;
    font: inherit;
    font-size: 13px;
    font-weight: 650;
    color: var(--p-muted);
  }
  li {
    padding-block: 10px;
    overflow-wrap: anywhere;
  }
  li + li {
    border-block-start: 1px solid var(--p-line);
  }
  .who {
    font-size: 14px;
    font-weight: 600;
  }
  .who .tag {
    margin-inline-start: 4px;
    font-weight: 500;
    vertical-align: bottom;
  }
  .said {
    margin-block: 6px;
    padding: 8px 12px;
    border-radius: 12px;
    background: var(--p-bubble);
    font-size: 14px;
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
    font-size: 13px;
    color: var(--p-muted);
  }
  .why {
    color: var(--p-text);
  }
  details {
    margin-block: 4px;
    font-size: 13px;
  }
  summary {
    padding-block: 4px;
    color: var(--p-accent-text);
    font-weight: 600;
    cursor: pointer;
  }
  details p {
    padding-block: 3px;
  }
  details b {
    font-weight: 600;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block-start: 8px;
  }
`;
