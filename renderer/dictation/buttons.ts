import { commandTable } from '../commands/index.ts';
import { isDialogOpen, say } from '../ui/index.ts';
import { buttonCommands, type DeviceLight } from './button-commands.ts';
import type { DictationDevices } from './dictation-devices.ts';
import { isAsleep, isListening, useDictation } from './dictation.ts';

/** Absent where the browser knows no such devices. */
const hasDevices = (): boolean => 'hid' in navigator;

const lightNow = (): DeviceLight => {
  const now = useDictation.getState();
  if (isListening(now)) return isAsleep(now) ? 'ready' : 'recording';
  return now.state.kind === 'ready' ? 'ready' : 'off';
};

/** As with keys: while a dialog is open only what belongs to dictation is done. */
const mayRun = (id: string): boolean => !isDialogOpen() || id.startsWith('dictation.');

function onButtons(before: number, now: number): void {
  const { pressed, released } = buttonCommands(before, now);
  const find = (id: string) => commandTable().find((command) => command.id === id);
  for (const id of pressed) {
    const command = find(id);
    if (command !== undefined && mayRun(id) && command.when()) command.run();
  }
  for (const id of released) find(id)?.release?.();
}

let opening: Promise<DictationDevices | undefined> = Promise.resolve(undefined);

/** Loads what knows the devices, and keeps their lights as dictation stands; nothing is done while it is locked. */
export function followButtons(isLocked: () => boolean): void {
  if (!hasDevices()) return;
  opening = import('./dictation-devices.ts')
    .then(({ openDictationDevices }) =>
      openDictationDevices({ onButtons: (before, now) => (isLocked() ? undefined : onButtons(before, now)) }),
    )
    .catch(() => undefined);
  void opening.then((devices) => {
    devices?.light(lightNow());
    useDictation.subscribe(() => devices?.light(lightNow()));
  });
}

/** The reader shows which device is theirs; it is known from then on. */
export async function connectDevice(): Promise<void> {
  const devices = await opening;
  if (devices === undefined) return say('This window cannot reach the buttons of dictation devices.');
  const count = await devices.connect().catch(() => 0);
  say(count === 0 ? 'No dictation device was chosen.' : 'The buttons of the dictation device are connected.');
}
