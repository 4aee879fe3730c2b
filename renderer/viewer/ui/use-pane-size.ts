import { useLayoutEffect, useState, type RefObject } from 'react';

export interface PaneSize {
  readonly width: number;
  readonly height: number;
}

/** Of an element, in CSS pixels, whenever it changes; undefined before it is laid out. */
export function usePaneSize(element: RefObject<HTMLElement | null>): PaneSize | undefined {
  const [size, setSize] = useState<PaneSize>();
  useLayoutEffect(() => {
    const host = element.current;
    if (!host) return undefined;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = host;
      setSize((before) => (before?.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(host);
    return () => observer.disconnect();
  }, [element]);
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}
