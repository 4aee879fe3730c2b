import { create } from 'zustand';

/** Everything said to the reader goes through here and is shown in one place. */
export interface Messages {
  readonly status: string;
  /** By key, so that what raised one can clear it; newest last. */
  readonly alerts: ReadonlyMap<string, string>;
}

export const useMessages = create<Messages>()(() => ({ status: '', alerts: new Map() }));

export function say(status: string): void {
  useMessages.setState({ status });
}

export function raiseAlert(key: string, text: string): void {
  useMessages.setState(({ alerts }) => (alerts.get(key) === text ? {} : { alerts: new Map(alerts).set(key, text) }));
}

export function clearAlert(key: string): void {
  useMessages.setState(({ alerts }) => {
    if (!alerts.has(key)) return {};
    const rest = new Map(alerts);
    rest.delete(key);
    return { alerts: rest };
  });
}
