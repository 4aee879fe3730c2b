import {
  fitPlanes,
  nextPlane,
  nextSlabKind,
  scrollPlane,
  scrollToEnd,
  straighten,
  thicken,
  toggleEnlarged,
  turnCrosshair,
  turnRendering,
  type PlanesState,
  type PlaneTool,
} from './model/planes-state.ts';
import { removePlaneLengthsOf, removeSelectedPlaneLength } from './plane-lengths.ts';
import type { ViewerSession } from './session.ts';

/** Keys turn a rendering by so much. */
const RENDERING_DEGREES = 15;

type Act = (session: ViewerSession) => void;

const change =
  (next: (now: PlanesState) => Partial<PlanesState>): Act =>
  (session) =>
    session.planes.change(next);
const scroll = (steps: number): Act => change((now) => scrollPlane(now, now.active, steps));
const choose = (tool: PlaneTool): Act => change(() => ({ tool, drawing: undefined }));

/** What a command of the viewer means while planes are on screen. */
const IN_PLANES: Readonly<Record<string, Act>> = {
  window: choose('window'),
  scroll: choose('scroll'),
  pan: choose('pan'),
  zoom: choose('zoom'),
  crosshairs: choose('crosshairs'),
  length: choose('length'),
  'delete-measurement': removeSelectedPlaneLength,
  'remove-measurements': (session) => {
    removePlaneLengthsOf(session.planes.state()?.seriesKey);
    session.planes.change(() => ({ drawing: undefined }));
  },
  undo: removeSelectedPlaneLength,
  fit: change(fitPlanes),
  invert: change(({ isInverted }) => ({ isInverted: !isInverted })),
  reset: (session) => {
    session.planes.change((now) => ({
      ...straighten(),
      ...fitPlanes(),
      isInverted: false,
      slab: { ...now.slab, thicknessMm: 0 },
    }));
    session.planes.applyFileWindow();
  },
  maximise: change((now) => toggleEnlarged(now, now.active)),
  'next-pane': change(nextPlane),
  'next-image': scroll(1),
  'previous-image': scroll(-1),
  'next-images': scroll(10),
  'previous-images': scroll(-10),
  'first-image': change((now) => scrollToEnd(now, now.active, -1)),
  'last-image': change((now) => scrollToEnd(now, now.active, 1)),
  'turn-right': change((now) => turnCrosshair(now, now.active)),
  'turn-left': change((now) => turnCrosshair(now, now.active, -5)),
  straighten: change(straighten),
  thicker: change((now) => thicken(now, 1)),
  thinner: change((now) => thicken(now, -1)),
  'slab-kind': change(nextSlabKind),
  rendering: (session) => session.planes.nextRendering(),
  'rendering-turn': change((now) => turnRendering(now, RENDERING_DEGREES, 0)),
  'rendering-tilt': change((now) => turnRendering(now, 0, RENDERING_DEGREES)),
  fuse: (session) => session.planes.fuse(),
  'fuse-more': (session) => session.planes.fade(1),
  'fuse-less': (session) => session.planes.fade(-1),
};

/** These act on images of a stack: on planes they would say something wrong. */
const ONLY_STACKS: ReadonlySet<string> = new Set(
  'roi-window magnifier probe bidirectional angle cobb ellipse rectangle freehand arrow vertebra calibration label redo one-to-one true-size rotate flip-horizontal flip-vertical cine link'.split(
    ' ',
  ),
);

/** True when planes are on screen and the command is theirs, or is refused there. */
export function runInPlanes(session: ViewerSession | undefined, id: string): boolean {
  if (!session?.planes.state()) return false;
  const act = IN_PLANES[id];
  if (act) act(session);
  else if (ONLY_STACKS.has(id)) session.say('Not on planes: go back to the images with Y.');
  return act !== undefined || ONLY_STACKS.has(id);
}
