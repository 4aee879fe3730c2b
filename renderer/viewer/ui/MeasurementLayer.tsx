import { drawnPoints, strokes } from '../model/drawing.ts';
import { shownGrips } from '../model/grip.ts';
import type { ImagePoint, Measurement, MeasurementKind } from '../model/measurement.ts';
import { measurementLines } from '../model/measurement-words.ts';
import { toPane, type Place } from '../model/place.ts';
import { theStage } from '../stage.ts';
import { useViewer, type Pane } from '../viewer-store.ts';
import styles from './measurement-layer.module.css';

const LINE_HEIGHT_PX = 16;
const LETTER_PX = 7;
const BESIDE_PX = 10;
const GRIP_PX = 4;
const HEAD_PX = 12;

interface Shape {
  readonly kind: MeasurementKind;
  readonly points: readonly ImagePoint[];
}

const pathOf = (line: readonly ImagePoint[], place: Place): string =>
  line
    .map((point) =>
      toPane(place, point)
        .map((value) => value.toFixed(2))
        .join(' '),
    )
    .reduce((path, at) => (path === '' ? `M ${at}` : `${path} L ${at}`), '');

/** An arrow points to where it was begun. */
function arrowHead([tip, tail]: readonly ImagePoint[], place: Place): string {
  if (!tip || !tail) return '';
  const [x, y] = toPane(place, tip);
  const [fromX, fromY] = toPane(place, tail);
  const way = Math.atan2(fromY - y, fromX - x);
  const wing = (turn: number) => `${x + HEAD_PX * Math.cos(way + turn)} ${y + HEAD_PX * Math.sin(way + turn)}`;
  return `M ${wing(0.4)} L ${x} ${y} L ${wing(-0.4)}`;
}

/** A single point is a cross with a hole: what is probed stays in sight. */
function cross([x, y]: ImagePoint): string {
  return `M ${x - 9} ${y} h 6 M ${x + 3} ${y} h 6 M ${x} ${y - 9} v 6 M ${x} ${y + 3} v 6`;
}

function drawingPath({ kind, points }: Shape, place: Place): string {
  const [first] = points;
  if ((kind === 'probe' || kind === 'vertebra') && first) return cross(toPane(place, first));
  const lines = strokes(kind, points).map((line) => pathOf(line, place));
  return kind === 'arrow' ? [...lines, arrowHead(points, place)].join(' ') : lines.join(' ');
}

/** Beside the rightmost point, never out of the pane. */
function wordsAt(points: readonly ImagePoint[], lines: readonly string[], place: Place, room: ImagePoint): ImagePoint {
  const [x, y] = points.map((point) => toPane(place, point)).reduce((best, one) => (one[0] > best[0] ? one : best));
  const width = Math.max(...lines.map((line) => line.length)) * LETTER_PX;
  return [
    Math.max(4, Math.min(x + BESIDE_PX, room[0] - width - 20)),
    Math.max(LINE_HEIGHT_PX, Math.min(y, room[1] - lines.length * LINE_HEIGHT_PX)),
  ];
}

function Words({ lines, at }: { readonly lines: readonly string[]; readonly at: ImagePoint }) {
  return (
    <text className={styles.words} x={at[0]} y={at[1]}>
      {lines.map((line, index) => (
        <tspan key={`${index} ${line}`} x={at[0]} dy={index === 0 ? 0 : LINE_HEIGHT_PX}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

function Drawn(props: {
  readonly shape: Shape;
  readonly lines: readonly string[];
  readonly place: Place;
  readonly room: ImagePoint;
  readonly id?: string;
  readonly isSelected: boolean;
}) {
  const { shape, lines, place, room, id, isSelected } = props;
  const path = drawingPath(shape, place);
  return (
    <g data-measurement={id} data-kind={shape.kind} data-selected={isSelected}>
      <path className={styles.shade} d={path} />
      <path className={styles.line} d={path} />
      {isSelected &&
        shownGrips(shape).map((point, index) => {
          const [x, y] = toPane(place, point);
          return <circle key={index} className={styles.grip} cx={x} cy={y} r={GRIP_PX} />;
        })}
      {lines.length > 0 && <Words lines={lines} at={wordsAt(shape.points, lines, place, room)} />}
    </g>
  );
}

/** What the reader drew on the painted image. The list of measurements says the same in words. */
export function MeasurementLayer({ pane }: { readonly pane: Pane }) {
  const all = useViewer((state) => state.measurements.present);
  const held = useViewer((state) => state.held);
  const drawing = useViewer((state) => state.drawing);
  const question = useViewer((state) => state.question);
  const selectedId = useViewer((state) => state.selectedMeasurementId);
  const { place, painted } = pane;
  const element = theStage().view(pane.id)?.element;
  if (!place || !painted || !element) return null;
  const now = all.map((one) => (one.id === held?.id ? held : one));
  const isHere = ({ facts }: Pick<Measurement, 'facts'>) => facts.imageId === painted.facts.imageId;
  const asked = question && 'measurement' in question ? question.measurement : undefined;
  const isNew = asked !== undefined && isHere(asked) && !all.some(({ id }) => id === asked.id);
  const here = now.filter(isHere);
  const isEmpty = here.length === 0 && !isNew && !(drawing && isHere(drawing));
  // To measure the pane makes the browser lay out what has just changed: for a pane without drawings that is spared.
  const room: ImagePoint = isEmpty ? [0, 0] : [element.clientWidth, element.clientHeight];
  return (
    <svg className={styles.layer} data-measuring="layer" aria-hidden="true">
      {here.map((one) => (
        <Drawn
          key={one.id}
          id={one.id}
          shape={one}
          lines={measurementLines(one, now)}
          place={place}
          room={room}
          isSelected={one.id === selectedId}
        />
      ))}
      {isNew && <Drawn shape={asked} lines={[]} place={place} room={room} isSelected />}
      {drawing && isHere(drawing) && (
        <Drawn
          shape={{ kind: drawing.kind, points: drawnPoints(drawing) }}
          lines={linesWhileDrawing(drawing.kind, drawnPoints(drawing), drawing.facts, now)}
          place={place}
          room={room}
          isSelected
        />
      )}
    </svg>
  );
}

/** Lengths and angles are told while they are drawn; what pixels say is told when it stands. */
function linesWhileDrawing(
  kind: MeasurementKind,
  points: readonly ImagePoint[],
  facts: Measurement['facts'],
  all: readonly Measurement[],
): readonly string[] {
  const isTold = (kind === 'length' && points.length === 2) || (kind === 'angle' && points.length === 3);
  const isCross = (kind === 'bidirectional' || kind === 'cobb') && points.length === 4;
  return isTold || isCross ? measurementLines({ id: '', kind, facts, points, text: '', pixels: undefined }, all) : [];
}
