import { setTimeout as wait } from 'node:timers/promises';

import type { CDPSession, Page } from '@playwright/test';

/** What the main thread did for one key, milliseconds of its own clock: others on the machine do not count. */
export interface KeyWork {
  /** Handlers, React and whatever else runs as JavaScript, collecting its garbage included. */
  readonly scriptMs: number;
  readonly styleMs: number;
  readonly layoutMs: number;
  /** Recording what is to be painted; a machine without a graphics card paints it, too, but on other threads. */
  readonly paintMs: number;
  /** The browser's own: input, editing, scheduling. */
  readonly browserMs: number;
}

export const PARTS = ['scriptMs', 'styleMs', 'layoutMs', 'paintMs', 'browserMs'] as const;
type Part = (typeof PARTS)[number];

/** Names of the timeline of Chromium's DevTools. */
const PART_OF: Readonly<Record<string, Part>> = {
  FunctionCall: 'scriptMs',
  EvaluateScript: 'scriptMs',
  EventDispatch: 'scriptMs',
  TimerFire: 'scriptMs',
  FireAnimationFrame: 'scriptMs',
  FireIdleCallback: 'scriptMs',
  RunMicrotasks: 'scriptMs',
  'v8.callFunction': 'scriptMs',
  'v8.run': 'scriptMs',
  MinorGC: 'scriptMs',
  MajorGC: 'scriptMs',
  'V8.GCScavenger': 'scriptMs',
  UpdateLayoutTree: 'styleMs',
  RecalculateStyles: 'styleMs',
  Layout: 'layoutMs',
  PrePaint: 'paintMs',
  Paint: 'paintMs',
  Layerize: 'paintMs',
  Commit: 'paintMs',
  UpdateLayer: 'paintMs',
};

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** Microseconds of wall clock, and of the thread's own. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly type?: string }; readonly name?: string };
}

const PAUSE_MS = 100;

/** Types the keys at ten a second and answers what each cost until it was painted, and what ran between two keys. */
export async function traceKeys(
  page: Page,
  keys: readonly string[],
): Promise<{ readonly keys: readonly KeyWork[]; readonly betweenMs: readonly number[] }> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'toplevel', 'v8', 'disabled-by-default-v8.gc'] },
  });
  for (const key of keys) {
    await press(session, key);
    await wait(PAUSE_MS);
  }
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return workOf(events);
}

async function press(session: CDPSession, key: string): Promise<void> {
  const text = key === 'Space' ? ' ' : key;
  await session.send('Input.dispatchKeyEvent', { type: 'keyDown', key: text, text, unmodifiedText: text });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key: text });
}

function workOf(all: readonly TraceEvent[]) {
  const downs = all.filter(({ name, args }) => name === 'EventDispatch' && args?.data?.type === 'keydown');
  const [first] = downs;
  if (first === undefined) throw new Error('no key was seen in the trace');
  const mine = all
    .filter(({ pid, tid, ph }) => pid === first.pid && tid === first.tid && ph === 'X')
    .toSorted((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0));
  const isTask = ({ name }: TraceEvent) => name.endsWith('RunTask');
  const tasks = mine.filter(isTask);
  const costs = selfCosts(mine);
  const keys: KeyWork[] = [];
  const betweenMs: number[] = [];
  for (const [nth, down] of downs.entries()) {
    const from = tasks.findLast(({ ts, dur = 0 }) => ts <= down.ts && down.ts < ts + dur)?.ts ?? down.ts;
    const next = downs[nth + 1]?.ts ?? Number.POSITIVE_INFINITY;
    const painted = mine.find(({ name, ts }) => ts > down.ts && (name === 'Commit' || name === 'Layerize'));
    const last = tasks.findLast(
      ({ ts, dur = 0 }) => painted !== undefined && ts <= painted.ts && painted.ts < ts + dur,
    );
    const until = last === undefined ? next : last.ts + (last.dur ?? 0);
    const work = { scriptMs: 0, styleMs: 0, layoutMs: 0, paintMs: 0, browserMs: 0 };
    let between = 0;
    for (const { event, selfMs } of costs) {
      if (event.ts < from || event.ts >= next) continue;
      if (event.ts >= until) between += selfMs;
      else work[PART_OF[event.name] ?? 'browserMs'] += selfMs;
    }
    keys.push(work);
    betweenMs.push(between);
  }
  return { keys, betweenMs };
}

/** What each event took without what it holds inside. */
function selfCosts(sorted: readonly TraceEvent[]): { readonly event: TraceEvent; selfMs: number }[] {
  const open: { readonly event: TraceEvent; selfMs: number }[] = [];
  return sorted.map((event) => {
    const ms = (event.tdur ?? event.dur ?? 0) / 1000;
    while ((open.at(-1)?.event.ts ?? 0) + (open.at(-1)?.event.dur ?? Infinity) <= event.ts) open.pop();
    const around = open.at(-1);
    if (around !== undefined) around.selfMs -= ms;
    const cost = { event, selfMs: ms };
    open.push(cost);
    return cost;
  });
}
