import type { MenuItemConstructorOptions } from 'electron';

/** The application menu. Each own entry names a command of the renderer's command table. */
export function menuTemplate(
  platform: NodeJS.Platform,
  runCommand: (commandId: string) => void,
): MenuItemConstructorOptions[] {
  const command = (label: string, commandId: string): MenuItemConstructorOptions => ({
    label,
    // Keys are the command table's: an accelerator here would take them away from the page.
    click: () => {
      runCommand(commandId);
    },
  });
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        command('Import folder…', 'worklist.import'),
        { type: 'separator' },
        platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        command('Worklist', 'app.worklist'),
        command('Deliveries', 'worklist.deliveries'),
        command('Images on another display', 'app.images-window'),
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [command('Keyboard shortcuts', 'shortcuts.open'), command('About Overread', 'app.about')],
    },
  ];
}
