import {
  IconAlertTriangle,
  IconArrowBigUpLine,
  IconBan,
  IconBed,
  IconCircleCheck,
  IconClock,
  IconPhoto,
  IconPhotoCheck,
  IconUser,
  IconUserCheck,
} from '@tabler/icons-react';
import { memo, useMemo, type ReactNode } from 'react';

import type { WorklistRow } from '../bridge/index.ts';
import { currentSecond, DueClock, PriorityMark, showAgeAndSex, showPersonName } from '../ui/index.ts';
import { flagsOf, opensWords, placeWords, rowName, stateWords, type Flag } from './row-words.ts';
import { askAbout, focusRow, openRow, pointAt } from './worklist.ts';
import classes from './worklist.module.css';

export const rowElementId = (taskId: string): string => `worklist-${taskId}`;

/** Going from row to row is one step: the row arrived at must not move because the one before was let go. */
const isOtherRow = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role=row][data-task]') !== null;

/** One row in its place. What stands in its cells is drawn again only when its own facts change, not when it moves. */
export const WorklistRowView = memo(function WorklistRowView(props: {
  readonly row: WorklistRow;
  /** 1-based place in the whole list, whatever part of it is drawn; the header is row 1 of the grid. */
  readonly position: number;
  readonly offset: number;
  readonly isActive: boolean;
  readonly isGone: boolean;
  /** What "Read next" would take. */
  readonly isNext: boolean;
}) {
  const { row, isGone, isNext, isActive } = props;
  const name = useMemo(() => rowName(row, currentSecond()), [row]);
  return (
    <div
      role="row"
      id={rowElementId(row.taskId)}
      aria-rowindex={props.position + 1}
      aria-selected={isActive}
      aria-label={isGone ? `${name}, no longer on the list` : name}
      tabIndex={isActive ? 0 : -1}
      data-task={row.taskId}
      data-refused={row.ineligible.length > 0}
      data-waiting={row.state === 'ordered'}
      data-gone={isGone}
      className={classes.row}
      style={{ transform: `translateY(${props.offset}px)` }}
      onPointerEnter={() => pointAt(row.taskId)}
      onPointerLeave={(event) => {
        if (!isOtherRow(event.relatedTarget)) pointAt(undefined);
      }}
      onFocus={() => focusRow(row.taskId)}
      onBlur={(event) => {
        if (!isOtherRow(event.relatedTarget)) focusRow(undefined);
      }}
      onDoubleClick={() => openRow(row.taskId)}
    >
      <RowCells row={row} isGone={isGone} isNext={isNext} isActive={isActive} />
    </div>
  );
});

const RowCells = memo(function RowCells({
  row,
  isActive,
  isGone,
  isNext,
}: {
  readonly row: WorklistRow;
  readonly isActive: boolean;
  readonly isGone: boolean;
  readonly isNext: boolean;
}) {
  const now = currentSecond();
  return (
    <>
      <Cell>
        <PriorityMark priority={row.priority} />
      </Cell>
      <Cell text={showPersonName(row.patient.name)} className={classes.name} />
      <Cell text={showAgeAndSex(row.patient.birthDate, row.patient.sex, now)} />
      <Cell text={row.exam.text} />
      <Cell text={row.exam.modality ?? ''} className={classes.detail} />
      <Cell text={row.exam.bodyPart ?? ''} className={classes.detail} />
      <Cell text={placeWords(row)} />
      {row.ineligible.length > 0 ? (
        <Cell text={`Not for you: ${row.ineligible.join('; ')}`} icon={REFUSED} className={classes.refusal} />
      ) : (
        <ReasonCell row={row} />
      )}
      <Cell
        text={
          isGone ? 'No longer on the list' : isNext && row.waiting === undefined ? 'Next for you' : stateWords(row, now)
        }
        icon={stateIcon(row)}
      />
      <Cell
        text={opensWords(row)}
        icon={row.opens.kind === 'now' ? IMAGES_HERE : IMAGES}
        className={row.opens.kind === 'now' ? classes.done : undefined}
      />
      <Cell>
        {row.state === 'completed' ? <span className={classes.quiet}>Done</span> : <DueClock dueAt={row.dueAt} />}
      </Cell>
      <Cell>
        <button
          type="button"
          className={classes.why}
          tabIndex={isActive ? 0 : -1}
          onClick={() => askAbout('why', row.taskId)}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          Why?
        </button>
      </Cell>
    </>
  );
});

// Made once: nothing of them changes from row to row.
const REFUSED = <IconBan size={16} aria-hidden />;
const IMAGES_HERE = <IconPhotoCheck size={16} aria-hidden />;
const IMAGES = <IconPhoto size={16} aria-hidden />;
const SIGNED = <IconCircleCheck size={16} aria-hidden />;
const MINE = <IconUserCheck size={16} aria-hidden />;
const HELD = <IconUser size={16} aria-hidden />;
const WAITING = <IconClock size={16} aria-hidden />;

function Cell(props: {
  readonly text?: string;
  readonly icon?: ReactNode;
  readonly className?: string | undefined;
  readonly children?: ReactNode;
}) {
  const className = props.className === undefined ? classes.cell : `${classes.cell} ${props.className}`;
  return (
    <div role="gridcell" className={className} title={props.text}>
      {props.icon}
      {props.text ?? props.children}
    </div>
  );
}

/** What sets the row apart stands before the referrer's reason. */
function ReasonCell({ row }: { readonly row: WorklistRow }) {
  const flags = flagsOf(row);
  const reason = row.reason ?? 'No reason given';
  if (flags.length === 0)
    return <Cell text={reason} className={row.reason === undefined ? classes.quiet : undefined} />;
  return (
    <div
      role="gridcell"
      className={classes.cell}
      title={[...flags.map(({ word }) => word), reason, ...flags.map(({ whole }) => whole)].join(' ')}
    >
      {flags.map(({ kind, word }) => {
        const Icon = FLAG_ICONS[kind];
        return (
          <span key={kind} className={classes.flag} data-flag={kind}>
            <Icon size={16} aria-hidden />
            {`${word} `}
          </span>
        );
      })}
      {reason}
    </div>
  );
}

const FLAG_ICONS: Readonly<Record<Flag, typeof IconBed>> = {
  waiting: IconBed,
  escalated: IconArrowBigUpLine,
  raised: IconArrowBigUpLine,
  warning: IconAlertTriangle,
};

function stateIcon(row: WorklistRow): ReactNode {
  if (row.state === 'completed') return SIGNED;
  if (row.claim !== undefined) return row.mine ? MINE : HELD;
  return row.state === 'ordered' ? WAITING : null;
}
