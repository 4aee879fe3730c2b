import { describe, expect, it } from 'vitest';

import type { Command } from '#renderer/commands/command.ts';
import { commandFor, matchesKeys, showKeys, type KeyStroke } from '#renderer/commands/keys.ts';

const stroke = (key: string, rest: Partial<KeyStroke> = {}): KeyStroke => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...rest,
});
const command = (id: string, keys: readonly string[], rest: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: 'Everywhere',
  keys,
  when: () => true,
  run: () => undefined,
  ...rest,
});
const table = [
  command('next', ['N']),
  command('sign', ['F12', 'Mod+Enter']),
  command('flip', ['n'], { isViewerKey: true }),
  command('sheet', ['?']),
];
const elsewhere = { isTyping: false, isInViewer: false };

describe('keys', () => {
  it('let letters type in a text box', () => {
    expect(commandFor(table, stroke('n'), { ...elsewhere, isTyping: true })).toBeUndefined();
    expect(commandFor(table, stroke('?', { shiftKey: true }), { ...elsewhere, isTyping: true })).toBeUndefined();
  });

  it('let function keys and Ctrl combinations work in a text box', () => {
    expect(commandFor(table, stroke('F12'), { ...elsewhere, isTyping: true })?.id).toBe('sign');
    expect(commandFor(table, stroke('Enter', { ctrlKey: true }), { ...elsewhere, isTyping: true })?.id).toBe('sign');
  });

  it('belong to the viewer only while the focus is in it', () => {
    expect(commandFor(table, stroke('n'), elsewhere)?.id).toBe('next');
    expect(commandFor(table, stroke('n'), { ...elsewhere, isInViewer: true })?.id).toBe('flip');
  });

  it('do nothing for a command that is not possible now', () => {
    expect(commandFor([command('no', ['N'], { when: () => false })], stroke('n'), elsewhere)).toBeUndefined();
  });

  it('know signs whatever Shift a keyboard needs for them, and letters only without it', () => {
    expect(matchesKeys('?', stroke('?', { shiftKey: true }))).toBe(true);
    expect(matchesKeys('?', stroke('?'))).toBe(true);
    expect(matchesKeys('N', stroke('N', { shiftKey: true }))).toBe(false);
    expect(matchesKeys('Shift+M', stroke('M', { shiftKey: true }))).toBe(true);
  });

  it('know Alt and a digit by the key’s place, since Alt changes the character on some keyboards', () => {
    expect(matchesKeys('Alt+1', stroke('¡', { altKey: true, code: 'Digit1' }))).toBe(true);
    expect(matchesKeys('Alt+1', stroke('1', { code: 'Digit1' }))).toBe(false);
  });

  it('are shown as the keyboard names them', () => {
    expect(showKeys('Mod+K', false)).toBe('Ctrl K');
    expect(showKeys('Mod+K', true)).toBe('⌘ K');
    expect(showKeys('Escape', false)).toBe('Esc');
    expect(showKeys(' ', false)).toBe('Space');
  });
});
