import { create } from 'zustand';

import { NO_FILTER, type ListFilter } from '#shared/domain/saved-list.ts';

import { call, failureWords, type WorklistRow, type WorkstationEvent } from '../bridge/index.ts';
import { openTask } from '../reading/index.ts';
import { clearAlert, currentSecond, openDialog, raiseAlert, showTime } from '../ui/index.ts';
import { dependsOnTime, filterRows } from './filter-rows.ts';
import { holdOrder } from './held-order.ts';
import { indexAfter, wholeList, type ListAnswer, type RowIndex } from './list-change.ts';

type ToldList = NonNullable<Extract<WorkstationEvent, { type: 'worklist-changed' }>['told']>;

export interface WorklistState {
  readonly answer: ListAnswer | undefined;
  readonly filter: ListFilter;
  /** The list of saved or given lists that `filter` was taken from; undefined once it was changed by hand. */
  readonly listId: string | undefined;
  /** Also what this reader may not read, crossed out with the reason. */
  readonly showsIneligible: boolean;
  /** Task ids in the order on screen. */
  readonly order: readonly string[];
  readonly rowsById: RowIndex;
  /** Held rows that the hub no longer lists: shown until the pointer or the focus leaves them. */
  readonly gone: ReadonlySet<string>;
  readonly pointedId: string | undefined;
  readonly focusedId: string | undefined;
  /** The row arrow keys start from; it keeps its place in the tab order when the focus is elsewhere. */
  readonly activeId: string | undefined;
  /** The row a dialog is about. */
  readonly askedId: string | undefined;
}

const INELIGIBLE_KEY = 'overread.shows-ineligible';

const NO_ROWS = indexAfter(undefined, { come: [], gone: [] });

export const useWorklist = create<WorklistState>()(() => ({
  answer: undefined,
  filter: NO_FILTER,
  listId: 'all',
  showsIneligible: globalThis.localStorage?.getItem(INELIGIBLE_KEY) !== 'no',
  order: [],
  rowsById: NO_ROWS,
  gone: new Set(),
  pointedId: undefined,
  focusedId: undefined,
  activeId: undefined,
  askedId: undefined,
}));

/** Brings order, rows and filters together; the only place where `order` is made. */
function arrange(state: WorklistState): Partial<WorklistState> {
  const listed = indexOf(state.answer);
  const rows = filterRows(state.answer?.rows ?? [], state.filter, {
    now: currentSecond(),
    showsIneligible: state.showsIneligible,
  });
  const next = rows.map(({ taskId }) => taskId);
  const held = new Set([state.pointedId, state.focusedId].filter((id) => id !== undefined));
  const order = sameOrder(state.order, holdOrder(state.order, next, held));
  const kept = [...held].flatMap((id) => {
    const row = listed.has(id) ? undefined : state.rowsById.get(id);
    return row === undefined || !order.includes(id) ? [] : [row];
  });
  const rowsById = kept.length === 0 ? listed : indexAfter(listed, { come: kept, gone: [] });
  const gone = new Set(kept.map(({ taskId }) => taskId));
  const isActiveShown = state.activeId !== undefined && order.includes(state.activeId);
  return { order, rowsById, gone, activeId: isActiveShown ? state.activeId : order[0] };
}

/** The same array while the order is the same, so that nothing is drawn again for it. */
const sameOrder = (shown: readonly string[], next: readonly string[]): readonly string[] =>
  shown.length === next.length && next.every((id, place) => id === shown[place]) ? shown : next;

const indexes = new WeakMap<ListAnswer, RowIndex>();
let newest: { readonly rows: readonly WorklistRow[]; readonly index: RowIndex } | undefined;

function indexOf(answer: ListAnswer | undefined): RowIndex {
  if (answer === undefined) return NO_ROWS;
  const known = indexes.get(answer);
  if (known !== undefined) return known;
  const { rows, change: changed } = answer;
  const isOnward = newest !== undefined && newest.rows === changed.before;
  const index = isOnward ? indexAfter(newest?.index, changed) : indexAfter(undefined, { come: rows, gone: [] });
  indexes.set(answer, index);
  newest = { rows, index };
  return index;
}

const change = (part: Partial<WorklistState>): void =>
  useWorklist.setState((state) => ({ ...part, ...arrange({ ...state, ...part }) }));

let first: Promise<void> | undefined;

/** Brings the list up to date. Whoever wants the first, whole list shares it: a window that opens is told it once. */
export function loadWorklist(): Promise<void> {
  if (useWorklist.getState().answer !== undefined) return askForList();
  first ??= askForList().finally(() => {
    first = undefined;
  });
  return first;
}

async function askForList(): Promise<void> {
  try {
    const { answer: held, focusedId: pointedAt } = useWorklist.getState();
    const answer = await call('worklist', {
      ...(held !== undefined && { since: held.revision }),
      ...(pointedAt !== undefined && { pointedAt }),
    });
    // Another answer may have come meanwhile; what it changed is then not in `held`.
    if (useWorklist.getState().answer !== held && answer.kept !== undefined) return await askForList();
    showAnswer(wholeList(answer, held));
  } catch (failure) {
    raiseAlert('worklist', `The worklist could not be brought up to date. ${failureWords(failure)}`);
  }
}

/**
 * Takes the list as it was told along with an event; false where it must be asked for: it does not follow on the one that is held, or the row the reader stands
 * on has changed, and with it perhaps the case that comes next.
 */
export function takeList({ since, list }: ToldList): boolean {
  const { answer: held, focusedId } = useWorklist.getState();
  if (held?.revision !== since) return false;
  const { nextCase: headOfList, ...told } = wholeList(list, held);
  const { come, gone } = told.change;
  if (focusedId !== undefined && [...come, ...gone].some(({ taskId }) => taskId === focusedId)) return false;
  const nextCase = focusedId === undefined ? headOfList : held.nextCase;
  showAnswer({ ...told, ...(nextCase !== undefined && { nextCase }) });
  return true;
}

function showAnswer(answer: ListAnswer): void {
  change({ answer });
  clearAlert('worklist');
  if (answer.hubReachable) clearAlert('hub');
  else
    raiseAlert(
      'hub',
      `The hub cannot be reached. The list is as seen at ${showTime(answer.at)}; signing still works here.`,
    );
}

/** Every change of the list after the first, which is no news: what it was, and the rows that are new or changed; answers how to stop. */
export const followRows = (listener: (before: RowIndex, changed: readonly WorklistRow[]) => void): (() => void) =>
  useWorklist.subscribe(({ answer }, { answer: held }) => {
    if (answer === undefined || held === undefined || answer === held) return;
    const { come } = answer.change;
    if (come.length > 0) listener(indexOf(held), come);
  });

/** What this reader is asked to set their case aside for, at each change of the list; answers how to stop. */
export const followAsked = (listener: (asked: ListAnswer['interruption']) => void): (() => void) =>
  useWorklist.subscribe(({ answer }, before) => {
    if (answer !== before.answer) listener(answer?.interruption);
  });

export const setFilter = (filter: Partial<ListFilter>): void =>
  change({ filter: { ...useWorklist.getState().filter, ...filter }, listId: undefined });
export const clearFilter = (): void => change({ filter: NO_FILTER, listId: 'all' });
export const showList = (listId: string, filter: ListFilter): void => change({ listId, filter });

export function toggleIneligible(): void {
  const showsIneligible = !useWorklist.getState().showsIneligible;
  localStorage.setItem(INELIGIBLE_KEY, showsIneligible ? 'yes' : 'no');
  change({ showsIneligible });
}

/** Lists about time are looked through again as it passes; answers how to stop. */
export function followTime(everyMs: number): () => void {
  const timer = setInterval(() => {
    if (dependsOnTime(useWorklist.getState().filter)) change({});
  }, everyMs);
  return () => clearInterval(timer);
}

export function pointAt(pointedId: string | undefined): void {
  letGo({ pointedId }, useWorklist.getState().pointedId);
}

export function focusRow(focusedId: string | undefined): void {
  const part = focusedId === undefined ? { focusedId } : { focusedId, activeId: focusedId };
  letGo(part, useWorklist.getState().focusedId);
}

/** Taking hold of a row moves nothing; only letting one go may. */
function letGo(part: Partial<WorklistState>, before: string | undefined): void {
  if (before === undefined) useWorklist.setState(part);
  else change(part);
}

export function moveActive(step: number): void {
  const { order, activeId } = useWorklist.getState();
  if (order.length === 0) return;
  const place = activeId === undefined ? -1 : order.indexOf(activeId);
  const next = order[Math.max(0, Math.min(order.length - 1, place + step))];
  useWorklist.setState({ activeId: next });
}

export function askAbout(
  dialog: 'why' | 'escalate' | 'decline' | 'hand-over' | 'pick',
  askedId: string | undefined,
): void {
  if (askedId === undefined) return;
  useWorklist.setState({ askedId });
  openDialog(dialog);
}

/** Held by someone else, closed, or not for this reader: may be looked at, not read. */
const isOnlyToLook = (row: WorklistRow): boolean =>
  row.ineligible.length > 0 ||
  row.state === 'completed' ||
  row.state === 'cancelled' ||
  (row.claim !== undefined && !row.mine);

/** Out of turn it is only looked at, or a reason is asked for, as the group agreed. */
export function openRow(taskId: string | undefined): void {
  const { rowsById, answer } = useWorklist.getState();
  const row = taskId === undefined ? undefined : rowsById.get(taskId);
  if (row === undefined) return;
  const isOutOfTurn = !isOnlyToLook(row) && !row.mine && row.taskId !== answer?.nextTaskId;
  if (isOutOfTurn && answer?.picking === 'with-reason') return askAbout('pick', row.taskId);
  void openTask(row.taskId, isOnlyToLook(row) || (isOutOfTurn && answer?.picking === 'never'));
}
