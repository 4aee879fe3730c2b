import { create } from 'zustand';

/** Everything said to the reader goes through here and is shown in one place. */
export interface Messages {
  readonly status: string;
  /** What happened outside, beside what the reader's own act came to. */
  readonly news: string;
  /** By key, so that what raised one can clear it; newest last. */
  readonly alerts: ReadonlyMap<string, string>;
}

export const useMessages = create<Messages>()(() => ({ status: '', news: '', alerts: new Map() }));

/** News makes room for the reader's next act, but not before it can have been read. */
const NEWS_STAYS_MS = 10_000;
let newsSince = 0;

/** What the reader's own act came to. */
export function say(status: string): void {
  const isRead = performance.now() - newsSince > NEWS_STAYS_MS;
  useMessages.setState(isRead ? { status, news: '' } : { status });
}

/** Called with what is said from now on; returns how to stop. */
export const followSaid = (listener: (status: string) => void): (() => void) =>
  useMessages.subscribe(({ status }, before) => {
    if (status !== before.status) listener(status);
  });

/** What happened meanwhile: it stands beside what was said last, and takes it from nobody's eyes. */
export function sayNews(news: string): void {
  newsSince = performance.now();
  useMessages.setState({ news });
}

export function raiseAlert(key: string, text: string): void {
  useMessages.setState(({ alerts }) => (alerts.get(key) === text ? {} : { alerts: new Map(alerts).set(key, text) }));
}

/** Alerts of one kind stand beside each other; of more than so many the oldest makes room. */
const MOST_OF_A_KIND = 3;
const isOfKind = (key: string, kind: string): boolean => key.startsWith(`${kind} `);

/** One more of its kind: none takes the place of another that has not been read. */
export function addAlert(kind: string, text: string): void {
  const of = [...useMessages.getState().alerts].filter(([key, known]) => isOfKind(key, kind) && known !== text);
  for (const [key] of of.slice(0, Math.max(0, of.length - MOST_OF_A_KIND + 1))) clearAlert(key);
  raiseAlert(`${kind} ${text}`, text);
}

/** That of this key, or all of this kind. */
export function clearAlert(key: string): void {
  useMessages.setState(({ alerts }) => {
    const rest = [...alerts].filter(([one]) => one !== key && !isOfKind(one, key));
    return rest.length === alerts.size ? {} : { alerts: new Map(rest) };
  });
}
