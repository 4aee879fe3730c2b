import type { BrowserWindow, Dialog, IpcMain, IpcMainInvokeEvent, PowerMonitor, App } from 'electron';
import type { z } from 'zod';

import { shellCalls } from '#shared/contract/shell.ts';

import { isOwnAddress } from './origin.ts';

export interface ShellPorts {
  readonly app: Pick<App, 'setBadgeCount'>;
  readonly dialog: Pick<Dialog, 'showOpenDialog'>;
  readonly powerMonitor: Pick<PowerMonitor, 'getSystemIdleTime'>;
  readonly mainWindow: () => BrowserWindow | undefined;
}

/** Only the top frame of our own page may call: a frame inside it, or a page that slipped in, is refused. */
function isTrustedSender(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isOwnAddress(frame.url);
}

/** One handler a channel; arguments and answers are parsed (STYLE example 3). */
export function serveShellCalls(ipcMain: Pick<IpcMain, 'handle'>, ports: ShellPorts): void {
  const serve = <Request extends z.ZodType, Response extends z.ZodType>(
    call: { readonly channel: string; readonly request: Request; readonly response: Response },
    answer: (request: z.output<Request>) => z.output<Response> | Promise<z.output<Response>>,
  ) => {
    ipcMain.handle(call.channel, async (event, ...args: unknown[]) => {
      if (!isTrustedSender(event)) throw new Error('refused');
      return call.response.parse(await answer(call.request.parse(args)));
    });
  };

  serve(shellCalls.chooseFolder, async () => {
    const window = ports.mainWindow();
    const options = { properties: ['openDirectory' as const] };
    const chosen = await (window === undefined
      ? ports.dialog.showOpenDialog(options)
      : ports.dialog.showOpenDialog(window, options));
    return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
  });
  serve(shellCalls.idleSeconds, () => ports.powerMonitor.getSystemIdleTime());
  serve(shellCalls.setBadge, ([count]) => ports.app.setBadgeCount(count));
}
