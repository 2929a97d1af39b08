import { css } from "lit";

/** What the screens of groups have in common. */
export const formStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
  }
  .inner {
    display: grid;
    gap: var(--p-space-6);
    max-inline-size: 520px;
    padding: var(--p-space-4) var(--p-space-6) var(--p-space-6);
    margin-inline: auto;
  }
  .foot {
    display: flex;
    justify-content: flex-end;
    gap: var(--p-space-2);
    flex: none;
    padding: 12px 16px calc(12px + env(safe-area-inset-bottom, 0px));
    border-block-start: 1px solid var(--p-line);
  }
  .foot .button {
    min-block-size: 44px;
    min-inline-size: 120px;
  }
  .under {
    display: flex;
    justify-content: space-between;
    gap: var(--p-space-3);
    min-block-size: 20px;
    font-size: var(--p-type-3);
    color: var(--p-muted);
  }
  .under .over,
  .error {
    color: var(--p-danger);
  }
  .under .over {
    margin-inline-start: auto;
  }
  fieldset {
    display: grid;
    gap: var(--p-space-1);
    min-inline-size: 0;
  }
  legend {
    padding: 0;
    margin-block-end: var(--p-space-15);
    font-size: var(--p-type-4);
    font-weight: 600;
  }
  .radio {
    display: flex;
    align-items: center;
    gap: var(--p-space-3);
    min-block-size: var(--p-hit);
    cursor: pointer;
  }
  .radio input {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    accent-color: var(--p-accent);
  }
`;
