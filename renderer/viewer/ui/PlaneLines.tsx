import type { SlicePlane } from '#shared/domain/hanging-protocol.ts';
import type { ImagePoint } from '../model/measurement.ts';
import { lengthWords } from '../model/measurement-words.ts';
import { awayFrom, cutOf, PLANES, stepOf, toPlane, type PlaneView } from '../model/plane.ts';
import { PLANE_NAMES } from '../model/plane-words.ts';
import { lengthMm, type PlaneLine, type PlanesState } from '../model/planes-state.ts';
import { useViewer } from '../viewer-store.ts';
import measuring from './measurement-layer.module.css';
import styles from './planes.module.css';

/** Around the crossing the image stays in sight. */
const HOLE_PX = 14;
const HANDLE_PX = 5;
/** Where a line is taken hold of to turn it, in parts of the smaller side of the pane. */
const HANDLE_PART = 0.36;

export const handlesOf = (view: PlaneView, crossing: ImagePoint, [x, y]: ImagePoint): readonly ImagePoint[] => {
  const reach = Math.min(view.width, view.height) * HANDLE_PART;
  return [
    [crossing[0] + x * reach, crossing[1] + y * reach],
    [crossing[0] - x * reach, crossing[1] - y * reach],
  ];
};

export interface PlaneLinesProps {
  readonly name: SlicePlane;
  readonly state: PlanesState;
  readonly view: PlaneView;
}

function Cut({
  view,
  crossing,
  way,
  other,
}: {
  readonly view: PlaneView;
  readonly crossing: ImagePoint;
  readonly way: ImagePoint;
  readonly other: SlicePlane;
}) {
  const far = view.width + view.height;
  const along = (by: number) => `${(crossing[0] + way[0] * by).toFixed(1)} ${(crossing[1] + way[1] * by).toFixed(1)}`;
  return (
    <g className={styles.cut} data-cut={other}>
      <title>{PLANE_NAMES[other]}</title>
      <path d={`M ${along(-far)} L ${along(-HOLE_PX)} M ${along(HOLE_PX)} L ${along(far)}`} />
      {handlesOf(view, crossing, way).map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r={HANDLE_PX} />
      ))}
    </g>
  );
}

function Length({ view, length }: { readonly view: PlaneView; readonly length: PlaneLine }) {
  const [[x1, y1], [x2, y2]] = [toPlane(view, length.from), toPlane(view, length.to)];
  const path = `M ${x1.toFixed(2)} ${y1.toFixed(2)} L ${x2.toFixed(2)} ${y2.toFixed(2)}`;
  const words = lengthWords(lengthMm(length), { kind: 'patient', rowMm: 1, columnMm: 1 });
  const [right, top] = x1 > x2 ? [x1, y1] : [x2, y2];
  return (
    <g data-plane-length={lengthMm(length).toFixed(3)}>
      <path className={measuring.shade} d={path} />
      <path className={measuring.line} d={path} />
      <text className={measuring.words} x={Math.min(right + 8, view.width - 70)} y={Math.max(16, top)}>
        {words}
      </text>
    </g>
  );
}

/** Where the other planes cut this one, and the distances that lie in it. */
export function PlaneLines({ name, state, view }: PlaneLinesProps) {
  const crossing = toPlane(view, state.at);
  const half = stepOf(state.box, view.plane) / 2;
  const lies = ({ from, to }: PlaneLine) => awayFrom(view, from) <= half && awayFrom(view, to) <= half;
  const standing = useViewer(({ planeLengths }) => planeLengths);
  const ofSeries = standing.filter(
    ({ seriesKey, firstIndex }) => seriesKey === state.seriesKey && firstIndex === state.firstIndex,
  );
  const lengths = [...ofSeries, ...(state.drawing ? [state.drawing] : [])].filter(lies);
  return (
    <svg className={measuring.layer} aria-hidden="true">
      {PLANES.map((other) => {
        const way = other === name ? undefined : cutOf(view.plane, state.planes[other]);
        return way && <Cut key={other} view={view} crossing={crossing} way={way} other={other} />;
      })}
      {lengths.map((length) => (
        <Length key={`${length.from.join(' ')} ${length.to.join(' ')}`} view={view} length={length} />
      ))}
    </svg>
  );
}
