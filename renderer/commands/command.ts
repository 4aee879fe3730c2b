export type CommandGroup = 'Everywhere' | 'Worklist' | 'Reading' | 'Viewer';

/** One thing a reader can do. Keys, buttons, the palette and the shortcut sheet are all drawn from this. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  /** E.g. `N`, `Mod+K`, `F12`, `Alt+1`; `Mod` is Ctrl, or Cmd on a Mac. */
  readonly keys: readonly string[];
  /** Keys of the viewer answer only while the focus is in it. */
  readonly isViewerKey?: boolean;
  readonly when: () => boolean;
  readonly run: () => void;
}
