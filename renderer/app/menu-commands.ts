import { commandTable } from '../commands/index.ts';
import { useSession } from '../settings/index.ts';
import { closeDialog, say } from '../ui/index.ts';

/** A command chosen in the application's menu, which knows neither lock nor screen: both are asked here. */
export function runFromMenu(commandId: string): void {
  if (useSession.getState().session?.locked !== false) return;
  const command = commandTable().find(({ id }) => id === commandId);
  if (command === undefined) return;
  if (!command.when()) return say(`“${command.title}” is not possible here.`);
  closeDialog();
  command.run();
}
