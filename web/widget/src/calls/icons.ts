import { css, html, svg } from "lit";

// Drawn like the others: on a 24 by 24 grid, one stroke width, round ends.
const paths = {
  voice: svg`<path d="M6.2 4.5h2.6l1.5 4-2 1.5a11 11 0 0 0 5.7 5.7l1.5-2 4 1.5v2.6a1.7 1.7 0 0 1-1.8 1.7A15.2 15.2 0 0 1 4.5 6.3a1.7 1.7 0 0 1 1.7-1.8Z"/>`,
  video: svg`<rect x="3.5" y="6.5" width="11.5" height="11" rx="2.5"/><path d="m15 10.8 5.5-3.1v8.6L15 13.2"/>`,
  dark: svg`<path d="M7 6.5h5.5A2.5 2.5 0 0 1 15 9v2.5l5.5-3.8v8.6l-3-1.7M15 15.5a2.5 2.5 0 0 1-2.5 2H6A2.5 2.5 0 0 1 3.5 15V9c0-.8.4-1.5 1-2M4 4l16 16"/>`,
  microphone: svg`<rect x="9" y="3.5" width="6" height="10.5" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v2.5"/>`,
  silent: svg`<path d="M9 9v2a3 3 0 0 0 4.6 2.5M15 11V6.5a3 3 0 0 0-5.7-1.3M5.5 11.5a6.5 6.5 0 0 0 10 5.5M18.2 13.5c.2-.6.3-1.3.3-2M12 18v2.5M4 4l16 16"/>`,
  screen: svg`<rect x="3.5" y="4.5" width="17" height="11.5" rx="2"/><path d="M8.5 20h7M12 16v4M12 13V8M9.8 10 12 7.8l2.2 2.2"/>`,
  hangup: svg`<path d="M4 14.5c4.5-4.6 11.5-4.6 16 0l-1.8 2.3-3.4-1.4v-2.3a9.6 9.6 0 0 0-5.6 0v2.3l-3.4 1.4Z"/>`,
  pip: svg`<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><rect x="12" y="11.5" width="6.5" height="5" rx="1" fill="currentColor"/>`,
  full: svg`<path d="M4.5 9V5.5a1 1 0 0 1 1-1H9M15 4.5h3.5a1 1 0 0 1 1 1V9M19.5 15v3.5a1 1 0 0 1-1 1H15M9 19.5H5.5a1 1 0 0 1-1-1V15"/>`,
  small: svg`<path d="M9.5 4.5v4a1 1 0 0 1-1 1h-4M14.5 19.5v-4a1 1 0 0 1 1-1h4"/>`,
  chat: svg`<path d="M12 4c4.7 0 8.5 3.2 8.5 7.2s-3.8 7.3-8.5 7.3c-.9 0-1.8-.1-2.6-.4L4.9 19.8l1.2-3.7c-1.6-1.3-2.6-3-2.6-4.9C3.5 7.2 7.3 4 12 4Z"/>`,
} as const;

export type CallIcon = keyof typeof paths;

/** Decorative: the control it stands in carries the name. */
export const callIcon = (name: CallIcon) => html`<svg class="icon" viewBox="0 0 24 24" fill="none"
  stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths[name]}</svg>`;

export const callIconStyles = css`
  .icon {
    inline-size: 1.375em;
    block-size: 1.375em;
    flex: none;
    display: block;
  }
`;
