// The call lies over everything else of the page, and the focus goes there and back.

/** Beside the page, which can be used meanwhile; or, `alone`, before it. */
export function raise(box: HTMLDialogElement, alone: boolean): void {
  const beside = box.matches(":popover-open");
  if (alone ? box.open : beside) return;
  if (beside) box.hidePopover();
  if (box.open) box.close();
  if (alone) box.showModal();
  else box.showPopover();
}

/** What has the focus, in whatever shadow. */
export function focused(): HTMLElement | null {
  let found = document.activeElement;
  while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
  return found instanceof HTMLElement ? found : null;
}
