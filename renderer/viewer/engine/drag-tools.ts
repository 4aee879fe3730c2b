import { BaseTool, type Types } from '@cornerstonejs/tools';

type Drag = Types.EventTypes.MouseDragEventType;

/** Told of a drag by the pane it happens in: right/left widens, up/down brightens; for scrolling only up/down counts. */
export type DragListener = (viewportId: string, deltaX: number, deltaY: number) => void;
interface DragConfiguration {
  readonly onDrag?: DragListener;
}

/** The library's own window tool works on stored values of one actor; ours tells the pane, which knows modality units. */
export class WindowTool extends BaseTool {
  static override toolName = 'OverreadWindow';
  constructor(props = {}, defaults = { supportedInteractionTypes: ['Mouse', 'Touch'], configuration: {} }) {
    super(props, defaults);
  }
  mouseDragCallback({ detail }: Drag): void {
    const [deltaX, deltaY] = detail.deltaPoints.canvas;
    (this.configuration as DragConfiguration).onDrag?.(detail.viewportId, deltaX, deltaY);
  }
}

export class ScrollTool extends WindowTool {
  static override toolName = 'OverreadScroll';
}
