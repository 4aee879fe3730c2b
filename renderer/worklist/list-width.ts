import { useEffect, useState, type RefObject } from 'react';

type ListWidth = 'wide' | 'small' | 'smallest';

/** In the text's own size, so that large text on a small screen counts as narrow. */
const SMALL_REM = 100;
const SMALLEST_REM = 76;

/**
 * How much room the list has. Asked for once a resize: a container query would ask every row anew whenever any of them changes.
 */
export function useListWidth(list: RefObject<HTMLElement | null>): ListWidth {
  const [width, setWidth] = useState<ListWidth>('small');
  useEffect(() => {
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const room = (list.current?.clientWidth ?? 0) / rem;
      setWidth(room > SMALL_REM ? 'wide' : room > SMALLEST_REM ? 'small' : 'smallest');
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (list.current !== null) observer.observe(list.current);
    // The text size is the root element's: no box of ours changes with it.
    const text = new MutationObserver(measure);
    text.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    return () => {
      observer.disconnect();
      text.disconnect();
    };
  }, [list]);
  return width;
}
