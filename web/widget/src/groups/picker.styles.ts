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
    gap: var(--p-space-2);
    padding: var(--p-space-1) var(--p-space-4) var(--p-space-2);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--p-space-15);
    max-block-size: 132px;
    padding: var(--p-space-half);
  }
  .chips li {
    max-inline-size: 100%;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: var(--p-space-15);
    max-inline-size: 100%;
    min-block-size: max(32px, calc(var(--p-hit) * 2 - 48px));
    padding: var(--p-space-1) var(--p-space-2) var(--p-space-1) var(--p-space-1);
    border-radius: 99px;
    background: var(--p-accent-soft);
    color: var(--p-accent-text);
    font-size: var(--p-type-4);
    font-weight: 600;
    animation: arrive var(--p-quick) var(--p-ease);
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
    font-size: var(--p-type-3);
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
    transition: background-color var(--p-quick), border-color var(--p-quick);
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
