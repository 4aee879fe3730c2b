import { create } from 'zustand';

import { call, failureWords, type DeliveryView } from '../bridge/index.ts';
import { clearAlert, raiseAlert, say } from '../ui/index.ts';

export interface DeliveriesState {
  readonly deliveries: readonly DeliveryView[];
  readonly waitingForHub: number;
  /** What the reader chose; until then the panel shows itself as soon as there is something to show. */
  readonly isOpen: boolean | undefined;
}

export const useDeliveries = create<DeliveriesState>()(() => ({ deliveries: [], waitingForHub: 0, isOpen: undefined }));

export async function loadDeliveries(): Promise<void> {
  try {
    const { deliveries, waitingForHub } = await call('deliveries', {});
    useDeliveries.setState({ deliveries, waitingForHub });
    clearAlert('deliveries');
  } catch (failure) {
    raiseAlert('deliveries', `Deliveries are shown as last seen. ${failureWords(failure)}`);
  }
}

export async function retryDelivery(deliveryId: string): Promise<void> {
  try {
    const { status } = await call('retryDelivery', { deliveryId });
    say(RETRY_WORDS[status]);
    await loadDeliveries();
  } catch (failure) {
    raiseAlert('deliveries', `Not retried. ${failureWords(failure)}`);
  }
}

const RETRY_WORDS = {
  queued: 'Delivery goes out again now.',
  'not-found': 'That delivery is no longer on the hub.',
  'already-accepted': 'Already acknowledged: nothing was sent again.',
} as const;

export const countOpen = ({ deliveries, waitingForHub }: DeliveriesState): number =>
  deliveries.filter(({ state }) => state !== 'accepted').length + waitingForHub;

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
