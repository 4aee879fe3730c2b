import { z } from 'zod';

import { deskWindowSchema } from './display-calls.ts';

/** Windows of images are counted from 1. */
const windowNumber = z.int().min(1).max(12);

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
  listDisplays: {
    channel: 'overread:list-displays',
    request: z.tuple([]),
    response: z.array(
      z.strictObject({
        id: z.number(),
        label: z.string(),
        width: z.number(),
        height: z.number(),
        isPrimary: z.boolean(),
      }),
    ),
  },
  openImagesWindow: {
    channel: 'overread:open-images-window',
    request: z.tuple([z.number().optional(), windowNumber.optional()]),
    response: z.boolean(),
  },
  placeImagesWindow: {
    channel: 'overread:place-images-window',
    request: z.tuple([deskWindowSchema]),
    response: z.boolean(),
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
  listDisplays(): Promise<{ id: number; label: string; width: number; height: number; isPrimary: boolean }[]>;
  /** Places the images on the given display, else on the largest that is not the worklist's. */
  openImagesWindow(displayId?: number, windowNumber?: number): Promise<boolean>;
  /** Opens a window of images at a place of the saved desk, or moves it there. False: no display is there any more. */
  placeImagesWindow(place: z.infer<typeof deskWindowSchema>): Promise<boolean>;
  idleSeconds(): Promise<number>;
  setBadge(count: number): Promise<boolean>;
  /** Returns how to stop listening. */
  onCommand(listener: (commandId: string) => void): () => void;
}
