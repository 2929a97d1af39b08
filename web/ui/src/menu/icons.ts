import { svg } from "lit";
import { addIcons } from "../icon/icon.ts";

/** What the first sight of a list or of a conversation does not need. Drawn like the others: on a 24 by 24 grid. */
export const seldom = {
  unread: svg`<path d="M13 5.2A9.6 9.6 0 0 0 12 5c-4.7 0-8.5 3-8.5 6.8 0 1.8.9 3.5 2.4 4.7l-1 3.3 4.3-1.5c.9.2 1.8.3 2.8.3 4.7 0 8.5-3 8.5-6.8v-.3"/><circle cx="18.5" cy="6" r="2.6" fill="currentColor" stroke="none"/>`,
  leave: svg`<path d="M14 4.5H7A1.5 1.5 0 0 0 5.5 6v12A1.5 1.5 0 0 0 7 19.5h7M10.5 12h9.5M16.5 8.5 20 12l-3.5 3.5"/>`,
  copy: svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2.5"/><path d="M15.5 5.5a1.5 1.5 0 0 0-1.5-1H7A2.5 2.5 0 0 0 4.5 7v7a1.5 1.5 0 0 0 1 1.5"/>`,
  trash: svg`<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10 11v5M14 11v5"/>`,
  edit: svg`<path d="m4.5 19.5.9-4L16 4.9a2.1 2.1 0 0 1 3 3L8.5 18.6Z"/>`,
  bell: svg`<path d="M12 4.5a5.5 5.5 0 0 0-5.5 5.5c0 4-.6 5-2 6.5h15c-1.4-1.5-2-2.5-2-6.5A5.5 5.5 0 0 0 12 4.5ZM10 19.5a2.3 2.3 0 0 0 4 0"/>`,
  contact: svg`<circle cx="9.5" cy="8.5" r="3.5"/><path d="M3 19c.5-3.5 3-5.5 6.5-5.5 1.7 0 3.1.5 4.2 1.3M14.5 18.3l2 2 4-4.3"/>`,
} as const;

addIcons(seldom);
