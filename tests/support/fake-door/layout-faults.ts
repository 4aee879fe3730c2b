/**
 * Runs inside the page: whatever a person would see as broken, in words. Text may be shortened with an ellipsis only where
 * the whole of it is the element's `title`.
 */
export function layoutFaults(): string[] {
  const faults: string[] = [];
  const name = (element: Element): string =>
    `${element.tagName.toLowerCase()}.${String(element.getAttribute('class') ?? '').slice(0, 60)} "${(element.textContent ?? '').trim().slice(0, 40)}"`;
  const isShown = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0;

  if (document.documentElement.scrollWidth > window.innerWidth) faults.push('the page scrolls sideways');
  if (document.body.scrollHeight > window.innerHeight) faults.push('the page scrolls down');

  /** Inside something that scrolls by design, or hidden for the eye only. */
  const scrollsAway = (element: Element): boolean => {
    for (let up = element.parentElement; up !== null; up = up.parentElement) {
      const { overflowY } = getComputedStyle(up);
      if (overflowY === 'auto' || overflowY === 'scroll') return true;
    }
    return false;
  };

  for (const element of document.querySelectorAll('body *')) {
    if (!(element instanceof HTMLElement) || !isShown(element)) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const hasOwnText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== '');
    if (style.clipPath === 'inset(50%)') continue;
    if (hasOwnText && !scrollsAway(element)) {
      if (box.right > window.innerWidth + 1 || box.left < -1 || box.bottom > window.innerHeight + 1 || box.top < -1) {
        faults.push(`sticks out of the window: ${name(element)}`);
      }
    }
    const cutsOff = style.overflowX === 'hidden' || style.overflowX === 'clip';
    if (cutsOff && element.scrollWidth > element.clientWidth + 1 && element.textContent?.trim() !== '') {
      const told = element.closest('[title]')?.getAttribute('title') ?? '';
      // A flex box draws no ellipsis: its text ends in mid-letter.
      const isShortened = style.textOverflow === 'ellipsis' && !style.display.includes('flex');
      if (!isShortened || !told.includes((element.textContent ?? '').trim())) {
        const isHolder = [...element.querySelectorAll('*')].some(
          (inner) => getComputedStyle(inner).textOverflow === 'ellipsis',
        );
        if (!isHolder) faults.push(`cut off: ${name(element)}`);
      }
    }
  }

  const rows = '[role=row], header, footer, [role=search], main, form, fieldset';
  for (const holder of document.querySelectorAll(rows)) {
    const children = [...holder.children].filter(
      (child) =>
        isShown(child) &&
        getComputedStyle(child).position !== 'absolute' &&
        getComputedStyle(child).position !== 'fixed',
    );
    children.forEach((child, place) => {
      const a = child.getBoundingClientRect();
      for (const other of children.slice(place + 1)) {
        const b = other.getBoundingClientRect();
        const overlapX = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const overlapY = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (overlapX > 1 && overlapY > 1) faults.push(`on top of each other: ${name(child)} and ${name(other)}`);
      }
    });
  }
  return faults;
}
