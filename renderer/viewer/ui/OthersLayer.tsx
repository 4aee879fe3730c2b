import type { ImagePoint } from '../model/measurement.ts';
import { toPane, type Place } from '../model/place.ts';
import type { OthersMark, OthersWork } from '../others/work.ts';
import { theStage } from '../stage.ts';
import { useViewer, type Pane } from '../viewer-store.ts';
import styles from './others-layer.module.css';

const LINE_HEIGHT_PX = 16;
const LETTER_PX = 7;
const BESIDE_PX = 8;
/** Words without a place stand one under the other from here, in parts of the pane's height. */
const LOOSE_FROM = 0.22;
const LOOSE_LEFT_PX = 12;

/** A drawing's path in pixels of its image: worked out once, however often the image is moved. */
const paths = new WeakMap<OthersMark, string>();
function pathOf(mark: OthersMark): string {
  const known = paths.get(mark);
  if (known !== undefined) return known;
  const path = mark.lines
    .filter(({ length }) => length > 1)
    .map((line) => `M${line.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}`)
    .join('');
  paths.set(mark, path);
  return path;
}
const round = (value: number): number => Math.round(value * 1000) / 1000;

const transformOf = ({ origin, along, down }: Place): string => `matrix(${[...along, ...down, ...origin].join(' ')})`;

const cross = ([x, y]: ImagePoint): string => `M${x - 8} ${y}h5M${x + 3} ${y}h5M${x} ${y - 8}v5M${x} ${y + 3}v5`;

/** Everything outside an outline. */
const coverPath = (outline: readonly ImagePoint[], place: Place, [width, height]: ImagePoint): string =>
  `M0 0H${width}V${height}H0Z${outline.map((point, at) => `${at === 0 ? 'M' : 'L'}${toPane(place, point).join(' ')}`).join('')}Z`;

function Words({ text, at, room }: { readonly text: string; readonly at: ImagePoint; readonly room: ImagePoint }) {
  const lines = text.split('\n');
  const width = Math.max(...lines.map(({ length }) => length)) * LETTER_PX;
  const x = Math.max(4, Math.min(at[0], room[0] - width - BESIDE_PX));
  const y = Math.max(LINE_HEIGHT_PX, Math.min(at[1], room[1] - lines.length * LINE_HEIGHT_PX));
  return (
    <text className={styles.words} x={x} y={y}>
      {lines.map((line, index) => (
        <tspan key={`${index} ${line}`} x={x} dy={index === 0 ? 0 : LINE_HEIGHT_PX}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

/** Beside the rightmost point of what it names. */
function besideLines({ lines }: OthersMark, place: Place): ImagePoint | undefined {
  let best: ImagePoint | undefined;
  for (const line of lines)
    for (const point of line) {
      const at = toPane(place, point);
      if (best === undefined || at[0] > best[0]) best = at;
    }
  return best && [best[0] + BESIDE_PX, best[1]];
}

function Drawn({ mark, place, room }: { readonly mark: OthersMark; readonly place: Place; readonly room: ImagePoint }) {
  if (mark.kind === 'shutter')
    return mark.lines.map((outline, index) => (
      <path key={index} className={styles.cover} d={coverPath(outline, place, room)} />
    ));
  const points = mark.lines.flatMap((line) => (line.length === 1 && line[0] ? [cross(toPane(place, line[0]))] : []));
  const path = pathOf(mark);
  return (
    <>
      {path !== '' && (
        <g transform={transformOf(place)}>
          {mark.kind !== 'plane' && <path className={styles.shade} d={path} />}
          <path className={styles[mark.kind]} d={path} />
        </g>
      )}
      {points.length > 0 && (
        <>
          <path className={styles.shade} d={points.join('')} />
          <path className={styles.line} d={points.join('')} />
        </>
      )}
    </>
  );
}

function Work(props: {
  readonly work: OthersWork;
  readonly marks: readonly OthersMark[];
  readonly place: Place;
  readonly room: ImagePoint;
  /** Where its words without a place begin. */
  readonly looseAt: ImagePoint;
}) {
  const { work, marks, place, room, looseAt } = props;
  const said = new Set<string>();
  return (
    <g data-others={work.id} data-kind={work.what} style={{ color: work.colour }}>
      {marks.map((mark, index) => (
        <Drawn key={index} mark={mark} place={place} room={room} />
      ))}
      {marks.map((mark, index) => {
        if (mark.text === '' || mark.kind === 'plane') return null;
        const at = mark.at ? toPane(place, mark.at) : besideLines(mark, place);
        if (mark.kind === 'region' && said.has(mark.text)) return null;
        said.add(mark.text);
        return <Words key={index} text={mark.text} at={at ?? looseAt} room={room} />;
      })}
    </g>
  );
}

/** Words that belong to the image and to no place on it. */
const isLoose = ({ lines, at }: OthersMark): boolean => lines.length === 0 && at === undefined;

/** What others made of the painted image, over it and never part of it. The list beside the images names who made it. */
export function OthersLayer({ pane }: { readonly pane: Pane }) {
  const others = useViewer((state) => state.others);
  const hidden = useViewer((state) => state.hiddenOthers);
  const areAllHidden = useViewer((state) => state.areOthersHidden);
  const { place, painted } = pane;
  const element = theStage().view(pane.id)?.element;
  if (!place || !painted || !element || areAllHidden || others.length === 0) return null;
  const room: ImagePoint = [element.clientWidth, element.clientHeight];
  const shown = others.flatMap((work) => {
    const marks = hidden.has(work.id) ? [] : work.marksOn(painted.facts.imageId);
    return marks.length === 0 ? [] : [{ work, marks }];
  });
  const loose = shown.filter(({ marks }) => marks.some(isLoose)).map(({ work }) => work.id);
  return (
    <svg className={styles.layer} data-others-layer aria-hidden="true">
      {shown.map(({ work, marks }) => {
        const down = room[1] * LOOSE_FROM + Math.max(0, loose.indexOf(work.id)) * LINE_HEIGHT_PX;
        const looseAt: ImagePoint = [LOOSE_LEFT_PX, down];
        return <Work key={work.id} work={work} marks={marks} place={place} room={room} looseAt={looseAt} />;
      })}
    </svg>
  );
}
