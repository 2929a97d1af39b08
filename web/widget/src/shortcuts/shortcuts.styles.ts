import { css } from "lit";

export const shortcutsStyles = css`
  dialog {
    inline-size: min(440px, calc(100vw - 32px));
    max-block-size: min(640px, calc(100dvh - 32px));
    padding: 16px 24px 24px;
    border: 0;
    border-radius: var(--p-radius);
    background: var(--p-raised);
    color: var(--p-text);
    box-shadow: var(--p-shadow);
    font: 400 15px / 1.45 var(--p-font);
  }
  dialog::backdrop {
    background: rgb(12 14 20 / 45%);
  }
  header {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  h2 {
    flex: 1;
    font-size: 18px;
    font-weight: 650;
  }
  h3 {
    margin-block: 20px 4px;
    font-size: 13px;
    font-weight: 600;
    color: var(--p-muted);
  }
  dl > div {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 16px;
    padding-block: 8px;
    border-block-start: 1px solid var(--p-line);
  }
  dd {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    font-size: 13px;
    color: var(--p-muted);
  }
  .together {
    display: inline-flex;
    gap: 4px;
  }
  kbd {
    display: inline-grid;
    place-items: center;
    min-inline-size: 26px;
    min-block-size: 26px;
    padding-inline: 7px;
    border: 1px solid var(--p-field-line);
    border-radius: min(6px, var(--p-radius));
    background: var(--p-sunken);
    color: var(--p-text);
    font: 600 12px / 1 var(--p-font);
  }
`;
