import type { Command } from './command.ts';

/** What of a KeyboardEvent matters. */
export interface KeyStroke {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Where the focus is when a key goes down. */
export interface KeyPlace {
  /** In a text box or a select: plain letters belong to it. */
  readonly isTyping: boolean;
  readonly isInViewer: boolean;
}

const MODIFIERS: ReadonlySet<string> = new Set(['Mod', 'Ctrl', 'Alt', 'Shift']);

export function matchesKeys(keys: string, stroke: KeyStroke): boolean {
  const parts = keys.split('+');
  const name = parts.at(-1) ?? '';
  const wants = new Set(parts.filter((part) => MODIFIERS.has(part)));
  const hasMod = stroke.ctrlKey || stroke.metaKey;
  if (wants.has('Mod') || wants.has('Ctrl') ? !hasMod : hasMod) return false;
  if (wants.has('Alt') !== stroke.altKey) return false;
  // A sign such as `?` already holds its own Shift, which differs by keyboard layout.
  const isSign = name.length === 1 && !/[a-z0-9]/i.test(name);
  if (!isSign && wants.has('Shift') !== stroke.shiftKey) return false;
  if (/^\d$/.test(name) && stroke.altKey) return stroke.code === `Digit${name}`;
  return stroke.key.toLowerCase() === name.toLowerCase();
}

/** A key that would otherwise write something, or that a text box uses itself. */
const isPlainKey = (stroke: KeyStroke): boolean =>
  !stroke.ctrlKey && !stroke.metaKey && !stroke.altKey && (stroke.key.length === 1 || stroke.key === 'Enter');

/** The command a key stroke means here, if any. Letters type in text boxes; viewer keys work only in the viewer. */
export function commandFor(commands: readonly Command[], stroke: KeyStroke, place: KeyPlace): Command | undefined {
  if (place.isTyping && isPlainKey(stroke)) return undefined;
  const fits = (command: Command) =>
    (command.isViewerKey !== true || place.isInViewer) &&
    command.keys.some((keys) => matchesKeys(keys, stroke)) &&
    command.when();
  const fitting = commands.filter(fits);
  return fitting.find((command) => command.isViewerKey === true) ?? fitting[0];
}

const SHOWN: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  ' ': 'Space',
};

/** `Mod+K` as a person reads it: `Ctrl K`. */
export function showKeys(keys: string, isMac: boolean): string {
  return keys
    .split('+')
    .map((part) =>
      part === 'Mod' ? (isMac ? '⌘' : 'Ctrl') : (SHOWN[part] ?? (part.length === 1 ? part.toUpperCase() : part)),
    )
    .join(' ');
}

const TEXT_ENTRY =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true]';

/** Listens to the whole window; answers how to stop. */
export function listenToKeys(table: () => readonly Command[], isBlocked: () => boolean): () => void {
  // Asked before anyone else sees the key: an Escape that closes a dialog must not also leave the screen behind it.
  let wasBlocked = false;
  const onCapture = () => {
    wasBlocked = isBlocked();
  };
  // The command whose key is down, where letting go of it means something.
  let held: { readonly command: Command; readonly code: string } | undefined;
  const letGo = () => {
    held?.command.release?.();
    held = undefined;
  };
  const onKeyUp = (event: KeyboardEvent) => {
    if (held?.code === event.code) letGo();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || wasBlocked) return;
    if (held !== undefined && held.code === event.code) return event.preventDefault();
    const target = event.target instanceof Element ? event.target : undefined;
    const command = commandFor(table(), event, {
      isTyping: target?.closest(TEXT_ENTRY) != null,
      isInViewer: target?.closest('[data-region=viewer]') != null,
    });
    if (command === undefined) return;
    event.preventDefault();
    if (command.release !== undefined) held = { command, code: event.code };
    command.run();
  };
  window.addEventListener('keydown', onCapture, true);
  window.addEventListener('keydown', onKeyDown);
  window.addEventListener('keyup', onKeyUp, true);
  // A key that goes up in another window is never heard of here.
  window.addEventListener('blur', letGo);
  return () => {
    window.removeEventListener('keydown', onCapture, true);
    window.removeEventListener('keydown', onKeyDown);
    window.removeEventListener('keyup', onKeyUp, true);
    window.removeEventListener('blur', letGo);
  };
}
