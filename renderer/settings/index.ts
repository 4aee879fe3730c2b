export { ChoosePinDialog } from './ChoosePinDialog.tsx';
export { applyLight, useLight } from './light.ts';
export { LockScreen } from './LockScreen.tsx';
export { canLock, loadSession, lockNow, markLocked, useSession } from './session.ts';
export { SettingsDialog } from './SettingsDialog.tsx';
