/** What no URL can do: given by the Electron preload, absent in the Chromium host. */
export interface NativeHost {
  /** Undefined when the person cancelled. */
  readonly chooseFolder?: () => Promise<string | undefined>;
}

declare global {
  interface Window {
    readonly overread?: NativeHost;
  }
}

export const nativeHost = (): NativeHost => window.overread ?? {};
