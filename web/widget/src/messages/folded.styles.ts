import { css } from "lit";

/** What a blocked member says where others talk too. */
export const foldedStyles = css`
  .folded {
    padding: var(--p-space-2) var(--p-space-3);
    border: 1px dashed var(--p-field-line);
    border-radius: var(--p-bubble-radius);
    color: var(--p-muted);
    font-size: var(--p-type-4);
  }
  .folded span {
    margin-inline-start: var(--p-space-2);
    color: var(--p-accent-text);
    font-weight: 600;
  }
  .pictured .message:has(> .folded) {
    padding-inline-start: 36px;
  }
`;
