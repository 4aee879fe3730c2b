import { Enums, LengthTool, PanTool, ToolGroupManager, ZoomTool, annotation, type Types } from '@cornerstonejs/tools';
import type { ImageFacts } from '../model/image-facts.ts';
import { lengthWords } from '../model/overlay-lines.ts';
import type { Tool } from '../viewer-store.ts';
import { ScrollTool, WindowTool, type DragListener } from './drag-tools.ts';

const { MouseBindings } = Enums;

const NAMES: Readonly<Record<Tool, string>> = {
  window: WindowTool.toolName,
  pan: PanTool.toolName,
  zoom: ZoomTool.toolName,
  scroll: ScrollTool.toolName,
  length: LengthTool.toolName,
};

export interface ToolGroupPorts {
  readonly id: string;
  readonly onWindowDrag: DragListener;
  readonly onScrollDrag: DragListener;
  readonly factsOf: (imageId: string) => ImageFacts | undefined;
}

/** The pointer's tools in all panes: left button the chosen one; middle pans, right windows, both keep their place. */
export function createToolGroup({ id, onWindowDrag, onScrollDrag, factsOf }: ToolGroupPorts) {
  const group = ToolGroupManager.createToolGroup(id);
  if (!group) throw new Error(`tool group ${id} exists already`);
  group.addTool(WindowTool.toolName, { onDrag: onWindowDrag });
  group.addTool(ScrollTool.toolName, { onDrag: onScrollDrag });
  group.addTool(PanTool.toolName);
  group.addTool(ZoomTool.toolName);
  group.addTool(LengthTool.toolName, {
    actions: {},
    getTextLines: (data: { cachedStats: Record<string, { length: number | null } | undefined> }, targetId: string) => {
      const length = data.cachedStats[targetId]?.length;
      return typeof length === 'number' ? [lengthWords(length, factsOf(targetId.replace(/^imageId:/, '')))] : [];
    },
  });

  function choose(tool: Tool): void {
    for (const name of Object.values(NAMES)) group?.setToolPassive(name, { removeAllBindings: true });
    const fixed: [string, number][] = [
      [WindowTool.toolName, MouseBindings.Secondary],
      [PanTool.toolName, MouseBindings.Auxiliary],
    ];
    const bindings = new Map<string, Types.IToolBinding[]>();
    for (const [name, mouseButton] of [...fixed, [NAMES[tool], MouseBindings.Primary] as [string, number]]) {
      bindings.set(name, [...(bindings.get(name) ?? []), { mouseButton }]);
    }
    for (const [name, all] of bindings) group?.setToolActive(name, { bindings: all });
  }

  return {
    choose,
    addView: (viewportId: string, engineId: string) => group.addViewport(viewportId, engineId),
    removeView: (viewportId: string, engineId: string) => group.removeViewports(engineId, viewportId),
    removeMeasurements: () => annotation.state.removeAllAnnotations(),
  };
}
