export {
  countOpen,
  countWithAPerson,
  hideDeliveries,
  isPanelShown,
  loadDeliveries,
  showDeliveries,
  useDeliveries,
} from './deliveries.ts';
export { DeliveryPanel } from './DeliveryPanel.tsx';
