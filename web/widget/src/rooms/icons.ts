import { html, svg } from "lit";

const drawn = (
  path: unknown,
) => html`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"
  stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${path}</svg>`;

export const replyIcon = drawn(svg`<path d="M9.5 6 4 11.5 9.5 17M4.5 11.5H14a6 6 0 0 1 6 6v1"/>`);
export const shieldIcon = drawn(
  svg`<path d="M12 3.5 5 6v5.5c0 4.3 2.8 7.4 7 9 4.2-1.6 7-4.7 7-9V6Z"/><path d="m9 12 2.2 2.2L15.2 10"/>`,
);
