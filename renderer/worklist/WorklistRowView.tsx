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
import { memo, type ReactNode } from 'react';

import type { WorklistRow } from '../bridge/index.ts';
import { currentSecond, DueClock, PriorityMark, showAgeAndSex, showPersonName } from '../ui/index.ts';
import { flagsOf, opensWords, placeWords, rowName, stateWords, type Flag } from './row-words.ts';
import { askAbout, focusRow, openRow, pointAt } from './worklist.ts';
import classes from './worklist.module.css';

export const rowElementId = (taskId: string): string => `worklist-${taskId}`;

/** Going from row to row is one step: the row arrived at must not move because the one before was let go. */
const isOtherRow = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role=row][data-task]') !== null;

/** One row; drawn again only when its own facts, place or selection change. */
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
  const { row } = props;
  const now = currentSecond();
  const isRefused = row.ineligible.length > 0;
  return (
    <div
      role="row"
      id={rowElementId(row.taskId)}
      aria-rowindex={props.position + 1}
      aria-selected={props.isActive}
      aria-label={props.isGone ? `${rowName(row, now)}, no longer on the list` : rowName(row, now)}
      tabIndex={props.isActive ? 0 : -1}
      data-task={row.taskId}
      data-refused={isRefused}
      data-waiting={row.state === 'ordered'}
      data-gone={props.isGone}
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
      <Cell>
        <PriorityMark priority={row.priority} />
      </Cell>
      <Cell text={showPersonName(row.patient.name)} className={classes.name} />
      <Cell text={showAgeAndSex(row.patient.birthDate, row.patient.sex, now)} />
      <Cell text={row.exam.text} />
      <Cell text={row.exam.modality ?? ''} className={classes.detail} />
      <Cell text={row.exam.bodyPart ?? ''} className={classes.detail} />
      <Cell text={placeWords(row)} />
      {isRefused ? (
        <Cell
          text={`Not for you: ${row.ineligible.join('; ')}`}
          icon={<IconBan size={16} aria-hidden />}
          className={classes.refusal}
        />
      ) : (
        <ReasonCell row={row} />
      )}
      <Cell
        text={props.isGone ? 'No longer on the list' : props.isNext ? 'Next for you' : stateWords(row, now)}
        icon={<StateIcon row={row} />}
      />
      <Cell
        text={opensWords(row)}
        icon={row.opens.kind === 'now' ? <IconPhotoCheck size={16} aria-hidden /> : <IconPhoto size={16} aria-hidden />}
        className={row.opens.kind === 'now' ? classes.done : undefined}
      />
      <Cell>
        {row.state === 'completed' ? <span className={classes.quiet}>Done</span> : <DueClock dueAt={row.dueAt} />}
      </Cell>
      <Cell>
        <button
          type="button"
          className={classes.why}
          tabIndex={props.isActive ? 0 : -1}
          onClick={() => askAbout('why', row.taskId)}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          Why?
        </button>
      </Cell>
    </div>
  );
});

function Cell(props: {
  readonly text?: string;
  readonly icon?: ReactNode;
  readonly className?: string | undefined;
  readonly children?: ReactNode;
}) {
  const className = `${classes.cell} ${props.className ?? ''}`;
  if (props.text === undefined) {
    return (
      <div role="gridcell" className={className}>
        {props.children}
      </div>
    );
  }
  return (
    <div role="gridcell" className={className} title={props.text}>
      {props.icon}
      <span className={classes.ellipsis}>{props.text}</span>
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
            {word}
          </span>
        );
      })}
      <span className={classes.ellipsis}>{reason}</span>
    </div>
  );
}

const FLAG_ICONS: Readonly<Record<Flag, typeof IconBed>> = {
  waiting: IconBed,
  escalated: IconArrowBigUpLine,
  raised: IconArrowBigUpLine,
  warning: IconAlertTriangle,
};

function StateIcon({ row }: { readonly row: WorklistRow }) {
  if (row.state === 'completed') return <IconCircleCheck size={16} aria-hidden />;
  if (row.claim !== undefined)
    return row.mine ? <IconUserCheck size={16} aria-hidden /> : <IconUser size={16} aria-hidden />;
  return row.state === 'ordered' ? <IconClock size={16} aria-hidden /> : null;
}
