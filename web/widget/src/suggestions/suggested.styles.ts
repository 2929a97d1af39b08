import { css } from "lit";

export const suggestedStyles = css`
  :host {
    display: block;
  }
  h3 {
    padding: var(--p-space-4) var(--p-space-4) var(--p-space-15);
    font-size: var(--p-type-3);
    font-weight: 600;
    color: var(--p-muted);
    outline: 0;
  }
  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr));
  }
  li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: var(--p-space-half) var(--p-space-3);
    align-items: start;
    padding: var(--p-space-2) var(--p-space-2) var(--p-space-2) var(--p-space-4);
  }
  li > parvis-avatar {
    --size: 44px;
    margin-block-start: var(--p-space-half);
  }
  .who {
    display: block;
    inline-size: 100%;
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font-weight: 600;
    text-align: start;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .who:hover {
    text-decoration: underline;
  }
  .about,
  .reason {
    font-size: var(--p-type-3);
    color: var(--p-muted);
    overflow-wrap: anywhere;
  }
  .reason {
    display: flex;
    gap: var(--p-space-15);
    margin-block-start: var(--p-space-half);
    color: var(--p-text);
  }
  .reason .icon {
    flex: none;
    inline-size: 15px;
    block-size: 15px;
    margin-block-start: var(--p-space-half);
    color: var(--p-accent-text);
  }
  .acts {
    grid-column: 2 / -1;
    display: flex;
    flex-wrap: wrap;
    gap: var(--p-space-2);
    margin-block-start: var(--p-space-2);
  }
  .gone {
    grid-template-columns: 1fr auto;
    align-items: center;
    padding-inline-end: var(--p-space-4);
    font-size: var(--p-type-4);
    color: var(--p-muted);
  }
  .error {
    padding: 0 var(--p-space-4);
    font-size: var(--p-type-3);
    color: var(--p-danger);
  }
  .none {
    display: grid;
    justify-items: start;
    gap: var(--p-space-2);
    padding: 0 var(--p-space-4) var(--p-space-4);
    font-size: var(--p-type-4);
    color: var(--p-muted);
  }
`;
