import { z } from 'zod';

/**
 * What no URL can do: the calls of Electron's preload, one IPC channel each (DESIGN 3). The Chromium host has none of
 * them; the renderer falls back to what the web offers.
 */
export const shellCalls = {
  chooseFolder: {
    channel: 'overread:choose-folder',
    request: z.tuple([]),
    response: z.string().nullable(),
  },
  idleSeconds: { channel: 'overread:idle-seconds', request: z.tuple([]), response: z.number() },
  setBadge: {
    channel: 'overread:set-badge',
    request: z.tuple([z.int().min(0).max(9999)]),
    response: z.boolean(),
  },
} as const;

/** Main to window: a command of the one command table, chosen in the application menu. */
export const SHELL_COMMAND_CHANNEL = 'overread:command';

/** What the preload puts on `window.overread`. */
export interface Shell {
  chooseFolder(): Promise<string | null>;
  idleSeconds(): Promise<number>;
  setBadge(count: number): Promise<boolean>;
  /** Returns how to stop listening. */
  onCommand(listener: (commandId: string) => void): () => void;
}
