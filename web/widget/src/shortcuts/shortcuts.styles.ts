import { css } from "lit";

export const shortcutsStyles = css`
  dialog {
    inline-size: min(440px, calc(100vw - 32px));
    max-block-size: min(640px, calc(100dvh - 32px));
    padding: var(--p-space-4) var(--p-space-6) var(--p-space-6);
  }
  header {
    display: flex;
    align-items: center;
    gap: var(--p-space-2);
  }
  h2 {
    flex: 1;
    font-size: var(--p-type-7);
    font-weight: 650;
  }
  h3 {
    margin-block: var(--p-space-5) var(--p-space-1);
    font-size: var(--p-type-3);
    font-weight: 600;
    color: var(--p-muted);
  }
  dl > div {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--p-space-1) var(--p-space-4);
    padding-block: var(--p-space-2);
    border-block-start: 1px solid var(--p-line);
  }
  dd {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--p-space-1) var(--p-space-2);
    font-size: var(--p-type-3);
    color: var(--p-muted);
  }
  .together {
    display: inline-flex;
    gap: var(--p-space-1);
  }
  kbd {
    display: inline-grid;
    place-items: center;
    min-inline-size: 26px;
    min-block-size: 26px;
    padding-inline: var(--p-space-2);
    border: 1px solid var(--p-field-line);
    border-radius: min(6px, var(--p-radius));
    background: var(--p-sunken);
    color: var(--p-text);
    font: 600 var(--p-type-2) / 1 var(--p-font);
  }
`;
