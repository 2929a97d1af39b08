import { css } from "lit";

/** What a blocked member says where others talk too. */
export const foldedStyles = css`
  .folded {
    padding: 8px 14px;
    border: 1px dashed var(--p-field-line);
    border-radius: var(--p-bubble-radius);
    color: var(--p-muted);
    font-size: 14px;
  }
  .folded span {
    margin-inline-start: 8px;
    color: var(--p-accent-text);
    font-weight: 600;
  }
  .pictured .message:has(> .folded) {
    padding-inline-start: 36px;
  }
`;
