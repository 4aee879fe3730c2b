export {
  countOpen,
  countWithAPerson,
  loadDeliveries,
  showDeliveries,
  startDeliveryAlarm,
  useDeliveries,
} from './deliveries.ts';
export { DeliveryPanel } from './DeliveryPanel.tsx';
