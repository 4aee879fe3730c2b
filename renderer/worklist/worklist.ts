import { create } from 'zustand';

import { call, failureWords, type WorklistRow, type Answer } from '../bridge/index.ts';
import { openTask } from '../reading/index.ts';
import { clearAlert, openDialog, raiseAlert, showTime } from '../ui/index.ts';
import { filterRows, NO_FILTERS, type Filters } from './filter-rows.ts';
import { holdOrder } from './held-order.ts';

export interface WorklistState {
  readonly answer: Answer<'worklist'> | undefined;
  readonly filters: Filters;
  /** Task ids in the order on screen. */
  readonly order: readonly string[];
  readonly rowsById: ReadonlyMap<string, WorklistRow>;
  /** Held rows that the hub no longer lists: shown until the pointer or the focus leaves them. */
  readonly gone: ReadonlySet<string>;
  readonly pointedId: string | undefined;
  readonly focusedId: string | undefined;
  /** The row arrow keys start from; it keeps its place in the tab order when the focus is elsewhere. */
  readonly activeId: string | undefined;
  readonly whyId: string | undefined;
}

export const useWorklist = create<WorklistState>()(() => ({
  answer: undefined,
  filters: NO_FILTERS,
  order: [],
  rowsById: new Map(),
  gone: new Set(),
  pointedId: undefined,
  focusedId: undefined,
  activeId: undefined,
  whyId: undefined,
}));

/** Brings order, rows and filters together; the only place where `order` is made. */
function arrange(state: WorklistState): Partial<WorklistState> {
  const rows = filterRows(state.answer?.rows ?? [], state.filters);
  const next = rows.map(({ taskId }) => taskId);
  const held = new Set([state.pointedId, state.focusedId].filter((id) => id !== undefined));
  const order = holdOrder(state.order, next, held);
  const listed = new Map((state.answer?.rows ?? []).map((row) => [row.taskId, row]));
  const rowsById = new Map<string, WorklistRow>();
  const gone = new Set<string>();
  for (const id of order) {
    const row = listed.get(id) ?? state.rowsById.get(id);
    if (row !== undefined) rowsById.set(id, row);
    if (!listed.has(id)) gone.add(id);
  }
  const isActiveShown = state.activeId !== undefined && rowsById.has(state.activeId);
  return { order, rowsById, gone, activeId: isActiveShown ? state.activeId : order[0] };
}

const change = (part: Partial<WorklistState>): void =>
  useWorklist.setState((state) => ({ ...part, ...arrange({ ...state, ...part }) }));

export async function loadWorklist(): Promise<void> {
  try {
    const answer = await call('worklist', {});
    change({ answer });
    clearAlert('worklist');
    if (answer.hubReachable) clearAlert('hub');
    else
      raiseAlert(
        'hub',
        `The hub cannot be reached. The list is as seen at ${showTime(answer.at)}; signing still works here.`,
      );
  } catch (failure) {
    raiseAlert('worklist', `The worklist could not be brought up to date. ${failureWords(failure)}`);
  }
}

export const setFilters = (filters: Partial<Filters>): void =>
  change({ filters: { ...useWorklist.getState().filters, ...filters } });
export const clearFilters = (): void => change({ filters: NO_FILTERS });

export const pointAt = (pointedId: string | undefined): void => change({ pointedId });
export const focusRow = (focusedId: string | undefined): void =>
  change(focusedId === undefined ? { focusedId } : { focusedId, activeId: focusedId });

export function moveActive(step: number): void {
  const { order, activeId } = useWorklist.getState();
  if (order.length === 0) return;
  const place = activeId === undefined ? -1 : order.indexOf(activeId);
  const next = order[Math.max(0, Math.min(order.length - 1, place + step))];
  useWorklist.setState({ activeId: next });
}

export function showWhy(whyId: string | undefined): void {
  if (whyId === undefined) return;
  useWorklist.setState({ whyId });
  openDialog('why');
}

/** Held by someone else, closed, or not for this reader: may be looked at, not read. */
const isOnlyToLook = (row: WorklistRow): boolean =>
  row.ineligible.length > 0 ||
  row.state === 'completed' ||
  row.state === 'cancelled' ||
  (row.claim !== undefined && !row.mine);

export function openRow(taskId: string | undefined): void {
  const row = taskId === undefined ? undefined : useWorklist.getState().rowsById.get(taskId);
  if (row !== undefined) void openTask(row.taskId, isOnlyToLook(row));
}
