import type { KeyboardEvent } from 'react';

/** Marks a list whose up and down keys move between its buttons; Enter does what the button says. */
export const MOVES_FOCUS = { 'data-moves-focus': true } as const;

export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not([tabindex="-1"])')];
  const at = all.findIndex((button) => button === document.activeElement);
  if (at >= 0) all[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
}

/** Whether a key is for the list it was pressed in. */
export const isForList = (event: globalThis.KeyboardEvent): boolean =>
  (event.key === 'ArrowDown' || event.key === 'ArrowUp') &&
  event.target instanceof Element &&
  event.target.closest('[data-moves-focus]') !== null;

/** Escape in what was drawn or made by others goes back to the images first, not out of the case. */
export function leaveList({ target }: globalThis.KeyboardEvent, images: HTMLElement | null): boolean {
  const isInList = target instanceof Element && target.closest('section[data-moves-focus]') !== null;
  if (isInList) images?.focus();
  return isInList;
}
