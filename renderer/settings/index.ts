export { startIdleLock, tellInput } from './idle-lock.ts';
export { applyLight, useLight } from './light.ts';
export { LockScreen } from './LockScreen.tsx';
export { canLock, loadSession, lockNow, markLocked, useSession } from './session.ts';
export { SettingsDialog } from './SettingsDialog.tsx';
export { SHORTEST_PIN } from './PinForm.tsx';
