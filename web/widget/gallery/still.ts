/**
 * What moves or changes its colour has come to its end; what never ends is not waited for. Stands alone, so that it can
 * be sent into any page.
 */
export async function still(): Promise<void> {
  // A document does not tell of what moves in shadow roots.
  const moving = (root: Document | ShadowRoot): Animation[] => [
    ...root
      .getAnimations()
      .filter(
        ({ playState, effect }) =>
          playState === "running" &&
          effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY,
      ),
    ...[...root.querySelectorAll("*")].flatMap(({ shadowRoot }) =>
      shadowRoot ? moving(shadowRoot) : [],
    ),
  ];
  for (;;) {
    // Styles that just changed begin their transitions with the next frame.
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    const ending = moving(document);
    if (ending.length === 0) return;
    await Promise.all(ending.map((one) => one.finished.catch(() => {})));
  }
}
