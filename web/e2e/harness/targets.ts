// What one presses: how large it is, how much room it has, whether one gets to it. Shadow roots included.
import type { JSHandle, Page } from "@playwright/test";

/** WCAG 2.5.8, in CSS pixels. */
const LEAST = 24;

interface Target {
  name: string;
  /** A link in the middle of a text. */
  inText: boolean;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Everything that one can press now: of what is behind an open menu, question or call, nothing. */
function targets(page: Page): Promise<JSHandle<HTMLElement[]>> {
  return page.evaluateHandle(() => {
    const PRESSED =
      "button, a[href], input, textarea, select, summary, [role=button], [role=menuitem], [role=option], [role=tab]";
    const deep = (root: ParentNode): Element[] =>
      [...root.querySelectorAll("*")].flatMap((one) =>
        one.shadowRoot ? [one, ...deep(one.shadowRoot)] : [one],
      );
    const everything = deep(document);
    const around = (one: Element | null): Element[] => {
      if (!one) return [];
      const root = one.getRootNode();
      return [one, ...around(one.parentElement ?? (root instanceof ShadowRoot ? root.host : null))];
    };
    const asks = everything.findLast((one) =>
      one.matches("dialog:modal, dialog:popover-open, [popover=auto]:popover-open"),
    );
    const seen = (one: Element) => {
      const { width, height } = one.getBoundingClientRect();
      // What is clipped to one pixel is for the ear alone.
      return width > 1 && height > 1 && one.checkVisibility({ visibilityProperty: true });
    };
    return everything.flatMap((one): HTMLElement[] => {
      if (!one.matches(PRESSED) || one.matches(":disabled")) return [];
      if (around(one).some((outer) => outer.matches("[inert]"))) return [];
      if (asks && !around(one).includes(asks)) return [];
      // Who presses the words of a label presses what they are of.
      const label = one.matches("input") ? one.closest("label") : null;
      const target = (label ?? one) as HTMLElement;
      return seen(target) ? [target] : [];
    });
  });
}

/** What is smaller than 24 by 24, and has no room of its own either; links in the middle of a text may be. */
export async function tooSmall(page: Page): Promise<string[]> {
  const all = await targets(page);
  const found = await all.evaluate((list): Target[] =>
    list.map((one) => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      const inText =
        one.matches("a") &&
        getComputedStyle(one).display === "inline" &&
        one.parentElement?.textContent?.trim() !== one.textContent?.trim();
      return {
        name: `${one.localName}.${one.className} ${one.ariaLabel ?? one.textContent?.trim()}`,
        inText,
        left,
        right,
        top,
        bottom,
      };
    }),
  );
  await all.dispose();
  return found
    .filter((one) => small(one) && !one.inText && found.some((other) => crowded(one, other)))
    .map((one) => `${one.name}: ${one.right - one.left} by ${one.bottom - one.top}`);
}

function small({ left, right, top, bottom }: Target): boolean {
  return Math.min(right - left, bottom - top) < LEAST - 0.01;
}

/** A circle of 24 around the middle of the one meets the other, or the circle of another small one. */
function crowded(one: Target, other: Target): boolean {
  if (one === other) return false;
  const [x, y] = middle(one);
  const [otherX, otherY] = middle(other);
  const across = Math.max(other.left - x, 0, x - other.right);
  const down = Math.max(other.top - y, 0, y - other.bottom);
  if (Math.hypot(across, down) < LEAST / 2) return true;
  return small(other) && Math.hypot(x - otherX, y - otherY) < LEAST;
}

function middle({ left, right, top, bottom }: Target): [number, number] {
  return [(left + right) / 2, (top + bottom) / 2];
}

/** What is wider than the window, and what one can't press even after scrolling to it. */
export async function astray(page: Page): Promise<string[]> {
  const all = await targets(page);
  const found = await all.evaluate((list) => {
    const wide = document.documentElement.scrollWidth;
    const wrong = wide > innerWidth ? [`the page is ${wide} wide`] : [];
    const at = (x: number, y: number): Element | null => {
      let one = document.elementFromPoint(x, y);
      for (let next = one; next?.shadowRoot; one = next) {
        const inner: Element | null = next.shadowRoot.elementFromPoint(x, y);
        if (!inner || inner === next) break;
        next = inner;
        one = inner;
      }
      return one;
    };
    const within = (one: Element | null, target: Element): boolean => {
      if (!one) return false;
      if (one === target) return true;
      const root = one.getRootNode();
      return within(one.parentElement ?? (root instanceof ShadowRoot ? root.host : null), target);
    };
    for (const one of list) {
      one.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
      const name = `${one.localName}.${one.className} ${one.ariaLabel ?? one.textContent?.trim()}`;
      const { left, right, top, bottom } = one.getBoundingClientRect();
      // A hair's breadth is a matter of rounding.
      if (left < -1 || right > innerWidth + 1) wrong.push(`${name}: from ${left} to ${right}`);
      // Its parts may lie over it: any of its points is enough.
      const points = [0.5, 0.25, 0.75, 0.1, 0.9].flatMap((across) =>
        [0.5, 0.2, 0.8].map((down) => [
          left + (right - left) * across,
          top + (bottom - top) * down,
        ]),
      );
      if (!points.some(([x = 0, y = 0]) => within(at(x, y), one)))
        wrong.push(`${name}: covered, or out of sight at ${left}, ${top}`);
    }
    return wrong;
  });
  await all.dispose();
  return found;
}
