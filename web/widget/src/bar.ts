import { css, html, nothing } from "lit";
import { type IconName, icon } from "#ui/icon/icon.ts";

/** The bar at the top of a screen. */
export const barStyles = css`
  .bar {
    display: flex;
    align-items: center;
    gap: var(--p-space-1);
    flex: none;
    min-block-size: 64px;
    padding: var(--p-space-2) var(--p-space-2) var(--p-space-2) var(--p-space-4);
    background: var(--p-surface);
  }
  .bar.lined {
    border-block-end: 1px solid var(--p-line);
  }
  .bar:has(> .back) {
    padding-inline-start: var(--p-space-2);
  }
  @container (min-width: 640px) {
    .back.narrow {
      display: none;
    }
    .bar:has(> .back.narrow) {
      padding-inline-start: var(--p-space-5);
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
    font-size: var(--p-type-8);
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
