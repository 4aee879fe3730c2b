import type { Shell } from '#shared/contract/shell.ts';

declare global {
  interface Window {
    readonly overread?: Shell;
  }
}

/** What no URL can do: given by the Electron preload, absent in the Chromium host. */
export const nativeHost = (): Shell | undefined => window.overread;
