import { css } from "lit";

export const pickerStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
  }
  .filter {
    display: grid;
    gap: 10px;
    padding: 4px 16px 8px;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    max-block-size: 132px;
    padding: 2px;
  }
  .chips li {
    max-inline-size: 100%;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    min-block-size: max(32px, calc(var(--p-hit) * 2 - 48px));
    padding: 3px 8px 3px 3px;
    border-radius: 20px;
    background: var(--p-accent-soft);
    color: var(--p-accent-text);
    font-size: 14px;
    font-weight: 600;
    animation: arrive 0.16s var(--p-ease);
  }
  .chip span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip parvis-avatar {
    --size: 26px;
  }
  .chip .icon {
    inline-size: 15px;
    block-size: 15px;
  }
  .chip:hover {
    filter: brightness(0.97);
  }
  .count-line {
    font-size: 13px;
    color: var(--p-muted);
  }
  .scroll {
    padding-block-start: 0;
  }
  ul.people {
    display: grid;
    grid-template-columns: 1fr;
  }
  .people li {
    min-inline-size: 0;
  }
  .tick {
    display: grid;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    border: 2px solid var(--p-field-line);
    border-radius: 50%;
    color: transparent;
    transition: background-color 0.12s, border-color 0.12s;
  }
  .tick .icon {
    inline-size: 16px;
    block-size: 16px;
    stroke-width: 2.6;
  }
  [aria-checked="true"] .tick {
    border-color: var(--p-accent);
    background: var(--p-accent);
    color: var(--p-on-accent);
  }
  .row:disabled {
    opacity: 0.5;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      scale: 0.85;
    }
  }
`;
