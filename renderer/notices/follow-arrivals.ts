import { create } from 'zustand';

import type { Interruption } from '#shared/contract/schemas.ts';

import type { WorklistRow } from '../bridge/index.ts';
import { isReading, useReading } from '../reading/index.ts';
import { sayNews } from '../ui/index.ts';
import type { RowsBefore } from './arrivals.ts';
import { createNotices, NO_NOTICES, type NoticeState } from './notices.ts';
import { prepareSound, sound } from './sound.ts';

const permissionNow = (): NotificationPermission | 'none' => globalThis.Notification?.permission ?? 'none';

export const useNotices = create<NoticeState & { readonly permission: NotificationPermission | 'none' }>()(() => ({
  ...NO_NOTICES,
  permission: permissionNow(),
}));

/** The browser may be told otherwise in its own settings. Looked at then, not while an emergency arrives: the window stands still for the answer. */
function followPermission(): () => void {
  const stop = new AbortController();
  const look = () => useNotices.setState({ permission: permissionNow() });
  void globalThis.navigator.permissions
    ?.query({ name: 'notifications' })
    .then((status) => status.addEventListener('change', look, { signal: stop.signal }))
    .catch(() => undefined);
  return () => stop.abort();
}

function showOnDesktop(title: string, body: string): void {
  if (useNotices.getState().permission !== 'granted') return;
  // One at a time, silent (the window sounds itself), and a click brings the window to the front.
  const shown = new Notification(title, { body, tag: 'overread-arrival', silent: true });
  shown.addEventListener('click', () => window.focus());
}

/** A browser asks the reader once; where the program may show notices already, nothing is asked. */
export async function allowNotices(): Promise<void> {
  if (globalThis.Notification === undefined) return;
  useNotices.setState({ permission: await Notification.requestPermission() });
}

/** `followRows`: calls back with the rows before each change of the list and those that are new or changed. `followAsked`: with what the reader is asked to set their case aside for. Answers how to stop. */
export function followArrivals(
  followRows: (listener: (before: RowsBefore, changed: readonly WorklistRow[]) => void) => () => void,
  followAsked: (listener: (asked: Interruption | undefined) => void) => () => void,
): () => void {
  prepareSound();
  const notices = createNotices({
    now: () => Date.now(),
    isReading,
    sound,
    showOnDesktop,
    say: sayNews,
    changed: (state) => useNotices.setState(state),
  });
  const stops = [
    followPermission(),
    followAsked(notices.ask),
    followRows(notices.take),
    useReading.subscribe(({ opened }, before) => {
      if (opened === undefined && before.opened !== undefined) notices.caseEnded();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
