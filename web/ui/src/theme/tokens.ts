import { css } from "lit";

/**
 * For the root of each public element. `all: initial` cuts what the page's own rules would pass down by inheritance;
 * custom properties go through it, and they are how a site themes the elements.
 */
export const tokens = css`
  :host {
    all: initial;
    color-scheme: light dark;
    display: block;
    /* What the page says, then what the site's organizers chose, then ours. */
    --p-accent: var(--parvis-accent, var(--parvis-site-accent, #3b5bdb));
    --p-radius: var(--parvis-radius, var(--parvis-site-radius, 16px));
    --p-radius-tiny: calc(var(--p-radius) * 0.5);
    --p-radius-small: calc(var(--p-radius) * 0.75);
    --p-radius-large: calc(var(--p-radius) * 1.25);
    --p-font: var(
      --parvis-font,
      var(--parvis-site-font, system-ui, sans-serif)
    );
    --p-surface: light-dark(#ffffff, #1a1c22);
    --p-raised: light-dark(#ffffff, #24272f);
    --p-sunken: light-dark(#f4f5f8, #131519);
    --p-hover: light-dark(#f2f4f7, #23262d);
    --p-bubble: light-dark(#eff1f5, #2a2e37);
    --p-text: light-dark(#191c22, #eceef2);
    --p-muted: light-dark(#59606d, #a3aab8);
    --p-line: light-dark(#e6e9ee, #2e323b);
    --p-field-line: light-dark(#868e9c, #6f7785);
    --p-danger: light-dark(#b3261e, #ff9b91);
    --p-danger-soft: light-dark(#fdeeed, #3a2022);
    --p-warn-soft: light-dark(#fff6e0, #37301c);
    --p-online: light-dark(#12934d, #3ccb7c);
    --p-online-text: light-dark(#0b7a3e, #3ccb7c);
    --p-shadow: 0 1px 2px rgb(16 20 30 / 6%), 0 8px 24px rgb(16 20 30 / 10%), 0 24px 64px rgb(16 20 30 / 14%);
    --p-shadow-small: 0 1px 2px rgb(16 20 30 / 10%), 0 4px 16px rgb(16 20 30 / 14%);
    /* Distances, in steps of 4. */
    --p-space-half: 2px;
    --p-space-1: 4px;
    --p-space-15: 6px;
    --p-space-2: 8px;
    --p-space-3: 12px;
    --p-space-4: 16px;
    --p-space-5: 20px;
    --p-space-6: 24px;
    --p-space-8: 32px;
    --p-space-10: 40px;
    /* Letters: counts, times, hints, second lines, text, fields and names, headings, titles, whoever calls. */
    --p-type-1: 11px;
    --p-type-2: 12px;
    --p-type-3: 13px;
    --p-type-4: 14px;
    --p-type-5: 15px;
    --p-type-6: 16px;
    --p-type-7: 18px;
    --p-type-8: 20px;
    --p-type-9: 28px;
    /* What one presses is at least so big. */
    --p-hit: 40px;
    /* What answers a hand, and what comes or goes. */
    --p-quick: 0.15s;
    --p-calm: 0.2s;
    --p-ease: cubic-bezier(0.2, 0.8, 0.2, 1);
    /* Black or white on the accent, whichever WCAG's luminance says reads better. */
    --p-on-accent: color(
      from var(--p-accent) xyz-d65 clamp(0, (0.18 - y) * 1000000, 0.9505) clamp(0, (0.18 - y) * 1000000, 1)
        clamp(0, (0.18 - y) * 1000000, 1.089)
    );
    /* The accent as text on a surface: the same hue, dark or light enough to be read. */
    --p-accent-text: light-dark(
      oklch(from var(--p-accent) min(l, 0.5) c h),
      oklch(from var(--p-accent) max(l, 0.78) min(c, 0.14) h)
    );
    --p-accent-soft: color-mix(in oklab, var(--p-accent) 12%, var(--p-surface));
    --p-focus: var(--p-accent-text);
  }
  @media (pointer: coarse) {
    :host {
      --p-hit: 44px;
    }
  }
  /* Whoever asks for more contrast: no greys that are only just enough, and edges that are seen. */
  @media (prefers-contrast: more) {
    :host {
      --p-muted: light-dark(#333840, #dde1e9);
      --p-line: light-dark(#6b7280, #9aa1af);
      --p-field-line: light-dark(#333840, #dde1e9);
      --p-bubble: light-dark(#e2e6ee, #363b46);
    }
  }
  :host([theme="light"]) {
    color-scheme: light;
  }
  :host([theme="dark"]) {
    color-scheme: dark;
  }
  :host([hidden]) {
    display: none;
  }
  .root {
    all: initial;
    display: block;
    color-scheme: inherit;
    font: 400 var(--p-type-5) / 1.45 var(--p-font);
    color: var(--p-text);
    -webkit-font-smoothing: antialiased;
    text-size-adjust: 100%;
    -webkit-text-size-adjust: 100%;
  }
`;

/** For every shadow root, public or not. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 2px solid var(--p-focus);
    outline-offset: 2px;
  }
  /* A title takes the focus to say where one is; it is nothing to press. */
  h2:focus-visible {
    outline: 0;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    list-style: none;
    font: inherit;
  }
  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
    margin: 0;
  }
  button {
    border: 0;
    padding: 0;
    background: none;
    cursor: pointer;
    text-align: start;
    -webkit-tap-highlight-color: transparent;
  }
  button:disabled {
    cursor: default;
  }
  .quietly {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .scroll {
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--p-line) transparent;
  }
  /* Without backgrounds, edges say what belongs together. */
  @media (forced-colors: active) {
    .panel,
    .bubble,
    .dots,
    .button,
    .launcher,
    .count,
    .banner {
      border: 1px solid CanvasText;
    }
    .dots i,
    .count.dot {
      forced-color-adjust: none;
      background: CanvasText;
    }
    [aria-current="true"],
    [aria-pressed="true"] {
      border: 2px solid Highlight;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      /* However short, everything would have one: a colour would come down to what inherits it frame by frame. */
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`;
