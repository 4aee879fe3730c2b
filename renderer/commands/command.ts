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
  /** What a reader says for it, in small letters; absent where it cannot be asked for by voice. Put in by the table. */
  readonly phrases?: readonly string[];
  /** Asked back before it is done when it was said: speech is misheard more easily than a key is missed. */
  readonly asksWhenSpoken?: boolean;
  readonly when: () => boolean;
  readonly run: () => void;
  /** For a key that is held down: what letting go of it does. */
  readonly release?: () => void;
}
