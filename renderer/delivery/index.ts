export { countOpen, countWithAPerson, loadDeliveries, showDeliveries, useDeliveries } from './deliveries.ts';
export { DeliveryPanel } from './DeliveryPanel.tsx';
