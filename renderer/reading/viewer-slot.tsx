import { useEffect, useState, type ComponentType } from 'react';

import type { OpenCase } from '../bridge/index.ts';
import { addCommands, type Command } from '../commands/index.ts';

interface ViewerProps {
  readonly contextKey: string;
  readonly studies: OpenCase['studies'];
  readonly onProblem: (text: string) => void;
  readonly onReady: () => void;
}

interface ViewerModule {
  readonly Viewer: ComponentType<ViewerProps>;
  readonly viewerCommands: readonly Omit<Command, 'isViewerKey' | 'group'>[];
  readonly viewerContextKey: () => string | undefined;
}

/** The viewer is large (pixels, decoders, GPU): it loads beside the worklist, not before it. */
const modules = import.meta.glob<ViewerModule>('../viewer/index.ts');

let loaded: ViewerModule | undefined;
let loading: Promise<ViewerModule | undefined> | undefined;

export function loadViewer(): Promise<ViewerModule | undefined> {
  loading ??= (async () => {
    loaded = await modules['../viewer/index.ts']?.();
    if (loaded !== undefined) {
      addCommands(loaded.viewerCommands.map((command) => ({ ...command, group: 'Viewer', isViewerKey: true })));
    }
    return loaded;
  })();
  return loading;
}

/** The case whose images stand on screen, as the viewer itself says. */
export const viewerContextKey = (): string | undefined => loaded?.viewerContextKey();

export function ViewerSlot(props: ViewerProps) {
  const [viewer, setViewer] = useState(loaded);
  const { onProblem } = props;
  useEffect(() => {
    loadViewer().then(setViewer, () =>
      onProblem('The viewer could not be loaded. Start Overread again; your text is kept.'),
    );
  }, [onProblem]);
  if (viewer === undefined) return <section aria-label="Viewer" tabIndex={-1} />;
  return <viewer.Viewer {...props} />;
}
