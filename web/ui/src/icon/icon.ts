import { css, html, svg, type TemplateResult } from "lit";
import type { seldom } from "../menu/icons.ts";

// Drawn on a 24 by 24 grid, one stroke width, round ends.
const base = {
  chat: svg`<path d="M12 4c4.7 0 8.5 3.2 8.5 7.2s-3.8 7.3-8.5 7.3c-.9 0-1.8-.1-2.6-.4L4.9 19.8l1.2-3.7c-1.6-1.3-2.6-3-2.6-4.9C3.5 7.2 7.3 4 12 4Z"/>`,
  close: svg`<path d="m6 6 12 12M18 6 6 18"/>`,
  back: svg`<path class="turns" d="m14.5 5.5-6.5 6.5 6.5 6.5"/>`,
  down: svg`<path d="m6 9.5 6 6 6-6"/>`,
  up: svg`<path d="m6 14.5 6-6 6 6"/>`,
  compose: svg`<path d="M12 4.5H7A2.5 2.5 0 0 0 4.5 7v10A2.5 2.5 0 0 0 7 19.5h10a2.5 2.5 0 0 0 2.5-2.5v-5"/><path d="m9.5 14.5.7-3.2 7.6-7.6a1.77 1.77 0 0 1 2.5 2.5l-7.6 7.6Z"/>`,
  search: svg`<circle cx="10.8" cy="10.8" r="6.3"/><path d="m15.5 15.5 4.5 4.5"/>`,
  more: svg`<path d="M5.5 12h.01M12 12h.01M18.5 12h.01" stroke-width="2.8"/>`,
  check: svg`<path d="m5 12.8 4.5 4.4L19 7.2"/>`,
  checks: svg`<path d="m2.5 12.8 4.2 4.4L15.5 7.2M12 16.5l.8.7L21.5 7.2"/>`,
  clock: svg`<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>`,
  alert: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5v5M12 16h.01"/>`,
  send: svg`<path d="M12 19V5.5M6 11l6-6 6 6"/>`,
  settings: svg`<path d="M4 7.5h8M18 7.5h2M4 16.5h2M12 16.5h8"/><circle cx="15" cy="7.5" r="2.7"/><circle cx="9" cy="16.5" r="2.7"/>`,
  organizer: svg`<path d="M4.5 13.5V12a7.5 7.5 0 0 1 15 0v1.5"/><rect x="3.5" y="12.5" width="4" height="6" rx="1.7"/><rect x="16.5" y="12.5" width="4" height="6" rx="1.7"/><path d="M18.5 18.5c0 1.5-1.5 2.5-4 2.5h-1.5"/>`,
  offline: svg`<path d="M4 4l16 16M8.5 16a5 5 0 0 1 5-1.3M5.5 12.5A9 9 0 0 1 9 10.3M13 9.1a9.3 9.3 0 0 1 5.5 3.4M2.5 9a13.5 13.5 0 0 1 3.8-2.6M10.5 5.1A13.8 13.8 0 0 1 21.5 9M12 19.5h.01"/>`,
  people: svg`<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19c.5-3.5 3-5.5 6.5-5.5s6 2 6.5 5.5M15.5 5.2a3.5 3.5 0 0 1 0 6.6M18 14.3c2 .8 3.2 2.4 3.5 4.7"/>`,
  ask: svg`<circle cx="9.5" cy="8.5" r="3.5"/><path d="M3 19c.5-3.5 3-5.5 6.5-5.5 1.9 0 3.5.6 4.6 1.7M18 14.5v6M15 17.5h6"/>`,
  block: svg`<circle cx="12" cy="12" r="8.5"/><path d="m6 6 12 12"/>`,
  lock: svg`<rect x="5" y="10.5" width="14" height="9.5" rx="2.5"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>`,
  mute: svg`<path d="M9.8 5.4A5.5 5.5 0 0 1 17.5 10c0 2 .3 3.4.8 4.5M6.6 8.9c-.1 4.7-.7 5.8-2.1 7.6h12M10 19.5a2.3 2.3 0 0 0 4 0M4 4l16 16"/>`,
} as const;

/** The others are drawn in menus and in what is fetched with them: `menu/icons.ts`. */
export type IconName = keyof typeof base | keyof typeof seldom;

const paths: Partial<Record<IconName, TemplateResult>> = base;

/** From now on these can be drawn too. */
export function addIcons(more: typeof seldom): void {
  Object.assign(paths, more);
}

/** Decorative: the control it stands in carries the name. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths[name]}</svg>`;
}

export const iconStyles = css`
  .icon {
    inline-size: 1.375em;
    block-size: 1.375em;
    flex: none;
    display: block;
  }
  /* It points to where one came from. */
  .turns:dir(rtl) {
    scale: -1 1;
    transform-origin: center;
  }
`;
