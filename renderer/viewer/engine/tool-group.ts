import { Enums, PanTool, ToolGroupManager, ZoomTool, type Types } from '@cornerstonejs/tools';
import type { PointerTool, Tool } from '../viewer-store.ts';
import { ScrollTool, WindowTool, type DragListener } from './drag-tools.ts';

const { MouseBindings } = Enums;

const NAMES: Readonly<Record<PointerTool, string>> = {
  window: WindowTool.toolName,
  pan: PanTool.toolName,
  zoom: ZoomTool.toolName,
  scroll: ScrollTool.toolName,
};
const isPointerTool = (tool: Tool): tool is PointerTool => tool in NAMES;

export interface ToolGroupPorts {
  readonly id: string;
  readonly onWindowDrag: DragListener;
  readonly onScrollDrag: DragListener;
}

/**
 * The pointer's tools in all panes: left button the chosen one; middle pans, right windows, both keep their place. What
 * measures is not among them: those have the left button for themselves.
 */
export function createToolGroup({ id, onWindowDrag, onScrollDrag }: ToolGroupPorts) {
  const group = ToolGroupManager.createToolGroup(id);
  if (!group) throw new Error(`tool group ${id} exists already`);
  group.addTool(WindowTool.toolName, { onDrag: onWindowDrag });
  group.addTool(ScrollTool.toolName, { onDrag: onScrollDrag });
  group.addTool(PanTool.toolName);
  group.addTool(ZoomTool.toolName);

  function choose(tool: Tool): void {
    for (const name of Object.values(NAMES)) group?.setToolPassive(name, { removeAllBindings: true });
    const buttons: [string, number][] = [
      [WindowTool.toolName, MouseBindings.Secondary],
      [PanTool.toolName, MouseBindings.Auxiliary],
    ];
    if (isPointerTool(tool)) buttons.push([NAMES[tool], MouseBindings.Primary]);
    const bindings = new Map<string, Types.IToolBinding[]>();
    for (const [name, mouseButton] of buttons) bindings.set(name, [...(bindings.get(name) ?? []), { mouseButton }]);
    for (const [name, all] of bindings) group?.setToolActive(name, { bindings: all });
  }

  return {
    choose,
    addView: (viewportId: string, engineId: string) => group.addViewport(viewportId, engineId),
    removeView: (viewportId: string, engineId: string) => group.removeViewports(engineId, viewportId),
  };
}
