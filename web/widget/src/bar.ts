import { css, html, nothing } from "lit";
import { type IconName, icon } from "#ui/icon/icon.ts";

/** The bar at the top of a screen. */
export const barStyles = css`
  .bar {
    display: flex;
    align-items: center;
    gap: 4px;
    flex: none;
    min-block-size: 64px;
    padding: 8px 8px 8px 16px;
    background: var(--p-surface);
  }
  .bar.lined {
    border-block-end: 1px solid var(--p-line);
  }
  .bar:has(> .back) {
    padding-inline-start: 8px;
  }
  @container (min-width: 640px) {
    .back.narrow {
      display: none;
    }
    .bar:has(> .back.narrow) {
      padding-inline-start: 20px;
    }
  }
  .bar h2 {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .bar .title {
    font-size: 20px;
    font-weight: 700;
    letter-spacing: -0.01em;
  }
`;

export function roundButton(
  name: IconName,
  label: string,
  press: (event: Event) => void,
  extra = "",
) {
  return html`<button type="button" class="round ${extra}" aria-label=${label} title=${label} @click=${press}>${icon(name)}</button>`;
}

/** A screen's bar: back, a title, and what stands at the end. */
export function screenBar(title: string, back: unknown, end: unknown = nothing) {
  return html`<div class="bar" part="header">${back}<h2 class="title" tabindex="-1">${title}</h2>${end}</div>`;
}
