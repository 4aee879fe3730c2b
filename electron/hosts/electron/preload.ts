import { contextBridge, ipcRenderer } from 'electron';

import type { Shell } from '#shared/contract/shell.ts';

// Channels are written out: the preload stays free of zod and of everything that is not needed here.
const shell: Shell = Object.freeze({
  chooseFolder: () => ipcRenderer.invoke('overread:choose-folder') as Promise<string | null>,
  idleSeconds: () => ipcRenderer.invoke('overread:idle-seconds') as Promise<number>,
  setBadge: (count: number) => ipcRenderer.invoke('overread:set-badge', count) as Promise<boolean>,
  onCommand: (listener: (commandId: string) => void) => {
    const forward = (_event: unknown, commandId: unknown) => {
      if (typeof commandId === 'string') listener(commandId);
    };
    ipcRenderer.on('overread:command', forward);
    return () => {
      ipcRenderer.removeListener('overread:command', forward);
    };
  },
});

contextBridge.exposeInMainWorld('overread', shell);
