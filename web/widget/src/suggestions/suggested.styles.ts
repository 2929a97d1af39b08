import { css } from "lit";

export const suggestedStyles = css`
  :host {
    display: block;
  }
  h3 {
    padding: 16px 16px 6px;
    font-size: 13px;
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
    gap: 2px 12px;
    align-items: start;
    padding: 10px 8px 10px 16px;
  }
  li > parvis-avatar {
    --size: 44px;
    margin-block-start: 2px;
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
    font-size: 13px;
    color: var(--p-muted);
    overflow-wrap: anywhere;
  }
  .reason {
    display: flex;
    gap: 6px;
    margin-block-start: 2px;
    color: var(--p-text);
  }
  .reason .icon {
    flex: none;
    inline-size: 15px;
    block-size: 15px;
    margin-block-start: 2px;
    color: var(--p-accent-text);
  }
  .acts {
    grid-column: 2 / -1;
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 8px;
  }
  .gone {
    grid-template-columns: 1fr auto;
    align-items: center;
    padding-inline-end: 16px;
    font-size: 14px;
    color: var(--p-muted);
  }
  .error {
    padding: 0 16px;
    font-size: 13px;
    color: var(--p-danger);
  }
  .none {
    display: grid;
    justify-items: start;
    gap: 8px;
    padding: 0 16px 16px;
    font-size: 14px;
    color: var(--p-muted);
  }
`;
