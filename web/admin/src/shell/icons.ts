import { html, svg, type TemplateResult } from "lit";

// Drawn like the widget's: a 24 by 24 grid, one stroke width, round ends.
const paths = {
  overview: svg`<path d="M4 19.5h16M6.5 16v-4.5M12 16V5M17.5 16V9"/>`,
  people: svg`<circle cx="9" cy="8.5" r="3.5"/><path
    d="M2.5 19c.5-3.5 3-5.5 6.5-5.5s6 2 6.5 5.5M15.5 5.2a3.5 3.5 0 0 1 0 6.6M18 14.3c2 .8 3.2 2.4 3.5 4.7"/>`,
  broadcast: svg`<path d="M4 10v4h3.5l7 4.5v-13l-7 4.5ZM18 9a4.2 4.2 0 0 1 0 6M20.3 6.5a8 8 0 0 1 0 11"/>`,
  inbox: svg`<path d="M4 13.5 6.3 6A2 2 0 0 1 8.2 4.5h7.6A2 2 0 0 1 17.7 6l2.3 7.5v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2Zm0 0h4.5l1.5 2.5h4l1.5-2.5H20"/>`,
  rules: svg`<rect x="4" y="4.5" width="16" height="15" rx="2.5"/><path
    d="M4 9.5h16M9.5 4.5v15M12.5 14l1.7 1.7 2.8-3"/>`,
  rooms: svg`<path d="M10 15.5c-.7 0-1.4-.1-2-.3L4 16.5l1.1-3C4 12.5 3.5 11.3 3.5 10c0-3 2.9-5.5 6.5-5.500s6.5 2.5 6.5 5.5-2.9 5.5-6.5 5.500Z"/><path
    d="M18.5 10.800c1.3.9 2 2.2 2 3.7 0 1.1-.4 2.2-1.2 3l.9 2.5-3.3-1.200c-2.3.6-4.7 0-6.1-1.5"/>`,
  shield: svg`<path d="M12 3.5 5 6v5.500c0 4.3 2.9 7.5 7 9 4.1-1.5 7-4.7 7-9V6Z"/><path d="m9 12 2.2 2.2 4-4.3"/>`,
  texts: svg`<path d="M4.5 7V5h12v2M10.5 5v14M8 19h5M15.5 13v-1.500h5V13M18 11.500V19"/>`,
  design: svg`<path d="M12 3.500a8.5 8.5 0 1 0 0 17c1.5 0 2-1 1.6-2.2-.5-1.5.4-2.8 2-2.800h2.200c1.6 0 2.7-1.1 2.7-3 0-5-3.8-9-8.5-9Z"/><path
    d="M7.5 12h.01M9.5 8h.01M14.5 8h.01" stroke-width="2.6"/>`,
  embed: svg`<path d="m8.5 7-5 5 5 5M15.5 7l5 5-5 5M13.5 5l-3 14"/>`,
  settings: svg`<path d="M4 7.5h8M18 7.5h2M4 16.5h2M12 16.5h8"/><circle cx="15" cy="7.5" r="2.7"/><circle cx="9"
    cy="16.5" r="2.7"/>`,
  team: svg`<path d="M4.5 13.500V12a7.5 7.5 0 0 1 15 0v1.5"/><rect x="3.5" y="12.5" width="4" height="6" rx="1.7"/><rect
    x="16.5" y="12.5" width="4" height="6" rx="1.7"/><path d="M18.5 18.500c0 1.5-1.5 2.5-4 2.500H13"/>`,
  key: svg`<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8.5-8.500M16 7.500l3 3"/>`,
  hook: svg`<circle cx="6.5" cy="17" r="2.7"/><circle cx="17.5" cy="17" r="2.7"/><circle cx="12" cy="6.5" r="2.7"/><path
    d="m10.7 9-2.9 5.600M13.3 9l2.9 5.600M9.5 17h5"/>`,
  audit: svg`<path d="M7 4.500h10a1.5 1.5 0 0 1 1.5 1.500v13.500l-3-1.8-2 1.8-1.5-1.3-1.5 1.3-2-1.8-3 1.800V6A1.5 1.5 0 0 1 7 4.500ZM9 9h6M9 12.500h6"/>`,
  profile: svg`<circle cx="12" cy="8.5" r="4"/><path d="M4.5 20c.7-4 3.5-6 7.5-6s6.8 2 7.5 6"/>`,
  menu: svg`<path d="M4 7h16M4 12h16M4 17h16"/>`,
  more: svg`<path d="M12 5.500h.01M12 12h.01M12 18.500h.01" stroke-width="2.8"/>`,
  close: svg`<path d="m6 6 12 12M18 6 6 18"/>`,
  down: svg`<path d="m6 9.5 6 6 6-6"/>`,
  back: svg`<path d="m14.5 5.5-6.5 6.5 6.5 6.5"/>`,
  next: svg`<path d="m9.5 5.5 6.5 6.5-6.5 6.5"/>`,
  search: svg`<circle cx="10.8" cy="10.8" r="6.3"/><path d="m15.5 15.5 4.5 4.5"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  check: svg`<path d="m5 12.8 4.5 4.400L19 7.2"/>`,
  minus: svg`<path d="M6 12h12"/>`,
  copy: svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2.5"/><path
    d="M15.5 5.500a1.5 1.5 0 0 0-1.5-1H7A2.5 2.5 0 0 0 4.5 7v7a1.5 1.5 0 0 0 1 1.5"/>`,
  trash: svg`<path d="M4.5 7h15M9.5 7V4.500h5V7M6.5 7l.8 12.500h9.400L17.5 7M10 11v5M14 11v5"/>`,
  edit: svg`<path d="m4.5 19.5.9-4L16 4.900a2.1 2.1 0 0 1 3 3L8.5 18.600Z"/>`,
  send: svg`<path d="M4.5 12 20 4.5 15 20l-3.5-6.500Z"/>`,
  upload: svg`<path d="M12 15.500v-11M7.5 9 12 4.5 16.5 9M4.5 15.500V18A1.5 1.5 0 0 0 6 19.500h12a1.5 1.5 0 0 0 1.5-1.500v-2.5"/>`,
  download: svg`<path d="M12 4.500v11M7.5 11l4.5 4.5 4.5-4.500M4.5 15.500V18A1.5 1.5 0 0 0 6 19.500h12a1.5 1.5 0 0 0 1.5-1.500v-2.5"/>`,
  columns: svg`<rect x="4" y="5" width="16" height="14" rx="2.5"/><path d="M9.5 5v14M14.5 5v14"/>`,
  filter: svg`<path d="M4.5 6h15l-6 7v5.500l-3-1.800V13Z"/>`,
  clock: svg`<circle cx="12" cy="12" r="8"/><path d="M12 7.500V12l3 2"/>`,
  alert: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.500v5M12 16h.01"/>`,
  leave: svg`<path d="M14 4.500H7A1.5 1.5 0 0 0 5.5 6v12A1.5 1.5 0 0 0 7 19.500h7M10.5 12h9.500M16.5 8.5 20 12l-3.5 3.5"/>`,
  sun: svg`<circle cx="12" cy="12" r="4"/><path
    d="M12 3v1.500M12 19.500V21M3 12h1.500M19.5 12H21M5.6 5.600l1.1 1.100M17.3 17.300l1.1 1.100M5.6 18.400l1.1-1.100M17.3 6.700l1.1-1.1"/>`,
  globe: svg`<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.500c5 5.5 5 11.5 0 17-5-5.5-5-11.5 0-17Z"/>`,
  badge: svg`<path d="m12 4 2.3 1.7 2.8-.1.8 2.7 2.4 1.6-1 2.6 1 2.7-2.4 1.5-.8 2.7-2.8-.1L12 21l-2.3-1.7-2.8.1-.8-2.7-2.4-1.5 1-2.7-1-2.6 2.4-1.6.8-2.7 2.8.1Z"/><path
    d="m9 12.6 2.1 2 3.9-4"/>`,
  chat: svg`<path d="M12 4c4.7 0 8.5 3.2 8.5 7.200s-3.8 7.3-8.5 7.300c-.9 0-1.8-.1-2.6-.4l-4.5 1.7 1.2-3.700c-1.6-1.3-2.6-3-2.6-4.900C3.5 7.2 7.3 4 12 4Z"/>`,
  block: svg`<circle cx="12" cy="12" r="8.5"/><path d="m6 6 12 12"/>`,
  note: svg`<path d="M6 4.500h12a1.5 1.5 0 0 1 1.5 1.500v8.500l-5 5H6A1.5 1.5 0 0 1 4.5 18V6A1.5 1.5 0 0 1 6 4.500ZM14.5 19v-4.500H19M8.5 9h7M8.5 12.500h4"/>`,
  star: svg`<path d="m12 4.5 2.3 4.8 5.2.7-3.8 3.6.9 5.2-4.6-2.5-4.6 2.5.9-5.200L4.5 10l5.2-.7Z"/>`,
  retry: svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.400M19.5 4v4h-4"/>`,
} as const;

export type IconName = keyof typeof paths;

/** Decorative: the control it stands in carries the name. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths[name]}</svg>`;
}
