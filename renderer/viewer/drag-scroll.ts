/** Pointer travel that scrolls one image. */
const SCROLL_STEP_PX = 6;

export interface DragScrollPorts {
  /** How many images the pane has. */
  readonly total: (paneId: string) => number;
  /** Of the pane; CSS pixels. */
  readonly height: (paneId: string) => number;
  readonly scrollBy: (paneId: string, steps: number) => void;
}

/** A drag over the whole pane reaches every image, however many there are; what is less than one is carried on. */
export function createDragScroll({ total, height, scrollBy }: DragScrollPorts) {
  const carry = new Map<string, number>();
  return (paneId: string, _deltaX: number, deltaY: number): void => {
    const step = Math.max(1, Math.min(SCROLL_STEP_PX, height(paneId) / total(paneId)));
    const carried = (carry.get(paneId) ?? 0) + deltaY / step;
    const steps = Math.trunc(carried);
    carry.set(paneId, carried - steps);
    if (steps !== 0) scrollBy(paneId, steps);
  };
}
