/** "(3) A website": browsers show it on the tab. */
const COUNT = /^\(\d+\+?\) /;

/** How the page is called while so many messages are unread; a page that counts by itself is left to it. */
export function titled(own: string, unread: number): string {
  if (unread === 0 || COUNT.test(own)) return own;
  return `(${unread > 99 ? "99+" : unread}) ${own}`;
}
