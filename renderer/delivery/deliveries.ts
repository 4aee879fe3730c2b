import { create } from 'zustand';

import { call, failureWords, type DeliveryView } from '../bridge/index.ts';
import { clearAlert, closeDialog, currentSecond, openDialog, raiseAlert, say, useClock } from '../ui/index.ts';

export interface DeliveriesState {
  readonly deliveries: readonly DeliveryView[];
  readonly waitingForHub: number;
  /** What the reader chose; until then the panel shows itself as soon as there is something to show. */
  readonly isOpen: boolean | undefined;
  /** The delivery that the dialog is about. */
  readonly chosenId: string | undefined;
  /** The report that is being printed, as text; nothing of it stays after. */
  readonly printed: string | undefined;
}

export const useDeliveries = create<DeliveriesState>()(() => ({
  deliveries: [],
  waitingForHub: 0,
  isOpen: undefined,
  chosenId: undefined,
  printed: undefined,
}));

export async function loadDeliveries(): Promise<void> {
  try {
    const { deliveries, waitingForHub } = await call('deliveries', {});
    useDeliveries.setState({ deliveries, waitingForHub });
    clearAlert('deliveries');
    alarmOverdue();
  } catch (failure) {
    raiseAlert('deliveries', `Deliveries are shown as last seen. ${failureWords(failure)}`);
  }
}

/** Reports that a site should have acknowledged by now. An alarm until someone has dealt with each. */
const countOverdue = ({ deliveries }: Pick<DeliveriesState, 'deliveries'>, now: number): number =>
  deliveries.filter((delivery) => isOverdue(delivery, now)).length;

export const isOverdue = ({ state, acknowledgeBy }: DeliveryView, now: number): boolean =>
  isOpen({ state }) && acknowledgeBy !== undefined && acknowledgeBy <= now;

const isOpen = ({ state }: Pick<DeliveryView, 'state'>): boolean => state === 'waiting' || state === 'with-a-person';

function alarmOverdue(): void {
  const count = countOverdue(useDeliveries.getState(), currentSecond());
  if (count === 0) return clearAlert('deliveries-overdue');
  const reports = count === 1 ? '1 delivery of a signed report is' : `${count} deliveries of signed reports are`;
  raiseAlert('deliveries-overdue', `${reports} not acknowledged in time. Open Deliveries to see what you can do.`);
}

/** A report becomes overdue by the clock alone. Answers how to stop looking. */
export const startDeliveryAlarm = (): (() => void) =>
  useClock.subscribe(({ now }, before) => {
    if (Math.floor(now / ALARM_EVERY_MS) !== Math.floor(before.now / ALARM_EVERY_MS)) alarmOverdue();
  });
const ALARM_EVERY_MS = 10_000;

async function act(run: () => Promise<string>): Promise<void> {
  try {
    say(await run());
    await loadDeliveries();
  } catch (failure) {
    raiseAlert('deliveries', `Nothing was done. ${failureWords(failure)}`);
  }
}

/** `again`: although the site has acknowledged it. */
export const retryDelivery = (deliveryId: string, again = false): Promise<void> =>
  act(async () => {
    const { status } = await call('retryDelivery', { deliveryId, ...(again ? { again } : {}) });
    return RETRY_WORDS[status];
  });

export const rerouteDelivery = (deliveryId: string, channelIndex: number): Promise<void> =>
  act(async () => REROUTE_WORDS[(await call('rerouteDelivery', { deliveryId, channelIndex })).status]);

export const settleDelivery = (deliveryId: string): Promise<void> =>
  act(async () => SETTLE_WORDS[(await call('settleDelivery', { deliveryId })).status]);

/** Puts the report's text on the page for the printer alone, and takes it off again. */
export const printDelivery = (deliveryId: string): Promise<void> =>
  act(async () => {
    const answer = await call('deliveryText', { deliveryId });
    if (answer.status === 'not-found') return 'That report is no longer on the hub.';
    useDeliveries.setState({ printed: answer.text });
    await new Promise((drawn) => requestAnimationFrame(drawn));
    globalThis.print();
    useDeliveries.setState({ printed: undefined });
    return 'Report handed to the printer.';
  });

export function chooseDelivery(chosenId: string): void {
  useDeliveries.setState({ chosenId });
  openDialog('delivery');
}

export function leaveDelivery(): void {
  closeDialog();
  useDeliveries.setState({ chosenId: undefined });
}

export const chosenDelivery = ({ deliveries, chosenId }: DeliveriesState): DeliveryView | undefined =>
  deliveries.find(({ id }) => id === chosenId);

const RETRY_WORDS = {
  queued: 'Delivery goes out again now.',
  'not-found': 'That delivery is no longer on the hub.',
  'already-accepted': 'Already acknowledged: nothing was sent again.',
} as const;
const REROUTE_WORDS = {
  rerouted: 'The report goes out on the other channel now.',
  'not-found': RETRY_WORDS['not-found'],
  'already-accepted': 'Already acknowledged or dealt with: nothing was sent.',
  'no-such-channel': 'The site no longer has that channel.',
} as const;
const SETTLE_WORDS = {
  settled: 'Noted: handed over by hand.',
  'not-found': RETRY_WORDS['not-found'],
  'already-accepted': 'Already acknowledged or dealt with.',
} as const;

export const countOpen = ({ deliveries, waitingForHub }: DeliveriesState): number =>
  deliveries.filter(isOpen).length + waitingForHub;

export const countWithAPerson = ({ deliveries }: DeliveriesState): number =>
  deliveries.filter(({ state }) => state === 'with-a-person').length;

export const isPanelShown = ({ isOpen, deliveries, waitingForHub }: DeliveriesState): boolean =>
  isOpen ?? (deliveries.length > 0 || waitingForHub > 0);

export function showDeliveries(): void {
  useDeliveries.setState({ isOpen: true });
  void loadDeliveries();
  requestAnimationFrame(() => document.getElementById('deliveries')?.focus());
}

export const hideDeliveries = (): void => useDeliveries.setState({ isOpen: false });
