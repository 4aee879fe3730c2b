/** Buttons of dictation devices, by the bits that `dictation_support` 1.0 reports (`ButtonEvent`). */
const BUTTONS = {
  rewind: 0x1,
  play: 0x2,
  forward: 0x4,
  insert: 0x10,
  record: 0x20,
  command: 0x40,
  stop: 0x100,
  endOfLetter: 0x4000,
  tabBackward: 0x1_0000,
  tabForward: 0x2_0000,
  select: 0x10_0000,
} as const;

/** What each does; the record button listens while it is held, as the key does. */
const COMMANDS: readonly (readonly [button: number, commandId: string])[] = [
  [BUTTONS.record, 'dictation.hold'],
  [BUTTONS.stop, 'dictation.stop'],
  [BUTTONS.command, 'dictation.toggle'],
  [BUTTONS.rewind, 'dictation.play'],
  [BUTTONS.play, 'dictation.play'],
  [BUTTONS.insert, 'report.measurement'],
  [BUTTONS.endOfLetter, 'report.next-field'],
  [BUTTONS.tabForward, 'report.next-field'],
  [BUTTONS.tabBackward, 'report.previous-field'],
  [BUTTONS.forward, 'report.next-section'],
  [BUTTONS.select, 'dictation.confirm'],
];

/** What went down and what came up between two states of the buttons, as commands. */
export function buttonCommands(
  before: number,
  now: number,
): { readonly pressed: readonly string[]; readonly released: readonly string[] } {
  const inside = (bits: number) => COMMANDS.filter(([button]) => (bits & button) !== 0).map(([, id]) => id);
  return { pressed: inside(now & ~before), released: inside(before & ~now) };
}

/** The light that a device with one shows. */
export type DeviceLight = 'off' | 'ready' | 'recording';
