import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium, expect, test, type Browser, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { lacks } from '#tests/support/peers.ts';
import { expectSound } from '#tests/support/sound-screen.ts';
import { joined, silence, spoken, writeWave } from '#tests/support/spoken.ts';

test.skip(lacks('chromium', 'flite'), 'peers are missing');

let door: FakeDoor;
let folder: string;
let browser: Browser | undefined;
test.beforeEach(async () => {
  door = await openFakeDoor({ rows: 6 });
  folder = mkdtempSync(join(tmpdir(), 'overread-spoken-'));
});
test.afterEach(async () => {
  await browser?.close();
  browser = undefined;
  await door.stop();
  rmSync(folder, { recursive: true, force: true });
});

const SIZES = [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
] as const;

async function openCase(
  flags: readonly string[],
  viewport: { width: number; height: number } = SIZES[0],
  prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
) {
  browser = await chromium.launch({
    executablePath: process.env['OVERREAD_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...flags],
  });
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await prepare(page);
  await page.goto(door.url);
  await page.getByRole('grid', { name: 'Worklist' }).getByRole('row').nth(1).waitFor();
  await page.keyboard.press('n');
  await expect(findings(page)).toBeVisible();
  return page;
}

/** A page whose microphone hears these utterances, one after the other, over and over: what was said before the recogniser stood comes again. */
async function openCaseHearing(
  texts: readonly string[],
  viewport?: { width: number; height: number },
  prepare?: (page: Page) => Promise<unknown>,
): Promise<Page> {
  const file = join(folder, 'microphone.wav');
  const parts = texts.flatMap((text) => [spoken(folder, 'flite slt', text), silence(4)]);
  writeWave(file, joined(silence(4), ...parts));
  const fake = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  return openCase([...fake, `--use-file-for-fake-audio-capture=${file}`], viewport, prepare);
}

const report = (page: Page) => page.getByRole('region', { name: 'Report' });
const findings = (page: Page) => page.getByRole('textbox', { name: 'Findings' });
const impression = (page: Page) => page.getByRole('textbox', { name: 'Impression' });
const dictate = (page: Page) => report(page).getByRole('button', { name: 'Dictate' });
const heard = (page: Page) => report(page).getByRole('status', { name: 'Heard' });

test('what is said lands at the caret, and a spoken command moves it', async () => {
  const page = await openCaseHearing(['no midline shift', 'go to impression', 'no acute intracranial hemorrhage']);
  await findings(page).fill('Ventricles are normal.');
  await dictate(page).click();
  await findings(page).focus();
  await expect(dictate(page)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('meter', { name: 'Microphone level' })).toBeVisible();
  await expect(findings(page)).toHaveValue(/^Ventricles are normal\. (?:No acute.*)?No midline shift/);
  await expect(impression(page)).toHaveValue(/No acute intracranial/);
  await expect(impression(page)).toBeFocused();
  await dictate(page).click();
  await expect(dictate(page)).toHaveAttribute('aria-pressed', 'false');
});

test('what was dictated is taken back by voice', async () => {
  const page = await openCaseHearing(['no midline shift', 'scratch that']);
  await findings(page).fill('Ventricles are normal.');
  await dictate(page).click();
  await findings(page).focus();
  await expect(heard(page)).toContainText('Taken back: No midline shift');
});

test('speech that is nothing of the report is not understood, and nothing is written', async () => {
  const page = await openCaseHearing(['the bus leaves from the corner of main street']);
  await findings(page).fill('Normal.');
  await page.keyboard.press('F4');
  await expect(heard(page)).toHaveText('Not understood');
  await expect(findings(page)).toHaveValue('Normal.');
});

test('signing asks back when it was said, and is done when it is confirmed by voice', async () => {
  const page = await openCaseHearing(['sign report', 'confirm']);
  await page.keyboard.press('F4');
  await expect(report(page).getByText('Say “confirm”, or press Alt Enter.')).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Sign report' })).toBeVisible();
});

test('a held key listens, and letting it go ends what was said', async () => {
  const page = await openCaseHearing(['no midline shift']);
  await page.keyboard.down('F3');
  await expect(dictate(page)).toHaveAttribute('aria-pressed', 'true');
  await expect(findings(page)).toHaveValue(/No midline shift/);
  await page.keyboard.up('F3');
  await expect(dictate(page)).toHaveAttribute('aria-pressed', 'false');
  await expect(report(page).getByText('Hold F3 to speak')).toBeVisible();
});

test('a microphone that is refused says so, and the text stays', async () => {
  const page = await openCase(['--use-fake-device-for-media-stream', '--deny-permission-prompts']);
  await findings(page).fill('Normal.');
  await dictate(page).click();
  await expect(report(page).getByText('The microphone was refused.')).toBeVisible();
  await expect(dictate(page)).toHaveAttribute('aria-pressed', 'false');
  await expect(findings(page)).toHaveValue('Normal.');
  await expectSound(page);
});

test('a microphone that is unplugged while one speaks is told of, and the draft is as it was', async () => {
  const page = await openCaseHearing(['no acute intracranial hemorrhage']);
  await page.evaluate(() => {
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (asked) => {
      const stream = await open(asked);
      window.addEventListener('unplug', () => stream.getAudioTracks()[0]?.dispatchEvent(new Event('ended')));
      return stream;
    };
  });
  await findings(page).fill('Normal.');
  await dictate(page).click();
  await expect(report(page).getByText('Hearing', { exact: true })).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event('unplug')));
  await expect(report(page).getByText('The microphone was unplugged.')).toBeVisible();
  await expect(findings(page)).toHaveValue('Normal.');
});

for (const size of SIZES)
  test(`the meter, what was heard and the microphone’s dialog fit at ${size.width}x${size.height}`, async () => {
    const page = await openCaseHearing(['no midline shift'], size);
    await dictate(page).click();
    await expect(heard(page)).toContainText('midline shift');
    await expectSound(page);
    await page.keyboard.press('Shift+F4');
    await expect(page.getByRole('dialog', { name: 'Microphone' }).getByText('“next field”')).toBeVisible();
    await expectSound(page);
  });

test('words are selected as they were said, to be replaced', async () => {
  const page = await openCaseHearing(['replace three millimeters']);
  await findings(page).fill('Midline shift of 3 mm. Ventricles are normal.');
  await page.keyboard.press('F4');
  await expect(heard(page)).toHaveText('Say what replaces: three millimeters');
  expect(
    await findings(page).evaluate((box: HTMLTextAreaElement) => box.value.slice(box.selectionStart, box.selectionEnd)),
  ).toBe('3 mm');
});

const THREE_LEFT = 'Left frontal edema. Left parietal edema. Left ventricle normal.';
const ONE_RIGHT = 'Left frontal edema. Right parietal edema. Left ventricle normal.';
/** A report with the caret behind the second of three sentences. */
async function openThreeLeft(texts: readonly string[]): Promise<Page> {
  const page = await openCaseHearing(texts);
  await findings(page).fill(THREE_LEFT);
  await findings(page).evaluate((box: HTMLTextAreaElement) => box.setSelectionRange(41, 41));
  await page.keyboard.press('F4');
  await expect(findings(page)).toHaveValue(ONE_RIGHT, { timeout: 60_000 });
  return page;
}

test('words nearest before the caret are replaced in one breath, and one step of undo brings them back', async () => {
  const page = await openThreeLeft(['replace left with right']);
  expect(await findings(page).evaluate((box: HTMLTextAreaElement) => box.selectionStart)).toBe(42);
  await page.keyboard.press('F4');
  await findings(page).press('Control+z');
  await expect(findings(page)).toHaveValue(THREE_LEFT);
});

test('words are not replaced by what the place does not know', async () => {
  const page = await openCaseHearing(['replace left with coffee']);
  await findings(page).fill(THREE_LEFT);
  await page.keyboard.press('F4');
  await expect(heard(page)).toHaveText('Not understood', { timeout: 60_000 });
  await expect(findings(page)).toHaveValue(THREE_LEFT);
});

test('words that were replaced are taken back by voice', async () => {
  const page = await openThreeLeft(['replace left with right', 'scratch that']);
  await expect(heard(page)).toContainText('Taken back: Right', { timeout: 60_000 });
  await expect(findings(page)).toHaveValue(THREE_LEFT);
});

test('a word that the reader teaches is heard, listed and forgotten; one of the patient’s name is not learned', async () => {
  const page = await openCaseHearing(['no zebroma']);
  await findings(page).fill('Normal.');
  await page.keyboard.press('Shift+F4');
  const dialog = page.getByRole('dialog', { name: 'Microphone' });
  const word = dialog.getByRole('textbox', { name: 'Word as it is written' });
  const mine = dialog.getByRole('list', { name: 'My words' });
  for (const [written, refusal] of [
    [door.world.rows[0]?.patient.name.split(/[^A-Za-z]/)[0] ?? '', 'a name of the open case'],
    ['zebroma 2', 'Letters, hyphens and spaces'],
  ] as const) {
    await word.fill(written);
    await word.press('Enter');
    await expect(dialog.getByText(refusal)).toBeVisible();
  }
  await expect(mine).toBeHidden();
  await word.fill('zebroma');
  await word.press('Enter');
  await expect(mine.getByRole('listitem')).toHaveText(/^zebroma/);
  await expectSound(page);
  await page.keyboard.press('Escape');
  await findings(page).focus();
  await page.keyboard.press('F4');
  await expect(findings(page)).toHaveValue(/^Normal\. No zebroma\./, { timeout: 60_000 });
  await page.keyboard.press('F4');
  await page.keyboard.press('Shift+F4');
  await dialog.getByRole('button', { name: 'Forget zebroma' }).click();
  await expect(mine).toBeHidden();
  expect(door.world.speechWords).toEqual([]);
});

test('hands-free nothing is heard before the wake phrase, and what follows it is meant', async () => {
  const page = await openCaseHearing(['no acute intracranial hemorrhage', 'hello workstation', 'no midline shift']);
  await findings(page).fill('Normal.');
  await page.keyboard.press('Shift+F3');
  await expect(report(page).getByText('Say “hello workstation”')).toBeVisible();
  await expect(findings(page)).toHaveValue(/^Normal\. No midline shift/, { timeout: 60_000 });
});

/** A PowerMic at the border to the browser's devices: its buttons are input reports, its light is an output report. */
const plugIn = (page: Page) =>
  page.addInitScript(() => {
    const reports: number[] = [];
    const device = Object.assign(new EventTarget(), {
      vendorId: 0x0554,
      productId: 0x1001,
      productName: 'PowerMic',
      opened: false,
      collections: [{ usagePage: 1, usage: 0 }],
      open: async () => undefined,
      close: async () => undefined,
      sendReport: async (_id: number, data: Uint8Array) => void reports.push(data[0] ?? -1),
    });
    const hid = Object.assign(new EventTarget(), {
      getDevices: async () => [device],
      requestDevice: async () => [device],
    });
    Object.defineProperty(navigator, 'hid', { value: hid });
    const press = (bits: number) => {
      const data = new DataView(new ArrayBuffer(3));
      data.setUint16(1, bits, true);
      device.dispatchEvent(Object.assign(new Event('inputreport'), { device, reportId: 0, data }));
    };
    Object.assign(window, { press, reports });
  });
/** Bits of a PowerMic's buttons. */
const PRESSED = { record: 4, tabForward: 8, rewind: 16, none: 0 } as const;
const press = (page: Page, bits: number) =>
  page.evaluate((pressed) => (window as unknown as { press: (bits: number) => void }).press(pressed), bits);
const light = (page: Page) => page.evaluate(() => (window as unknown as { reports: number[] }).reports.at(-1));

test('buttons of a dictation device listen, step on and play again, and its light tells what is heard', async () => {
  const page = await openCaseHearing(['no midline shift'], undefined, plugIn);
  await findings(page).fill('Normal.');
  await press(page, PRESSED.record);
  await expect(dictate(page)).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => light(page)).toBe(1);
  await expect(findings(page)).toHaveValue(/No midline shift/, { timeout: 60_000 });
  await press(page, PRESSED.none);
  await expect(dictate(page)).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(() => light(page)).toBe(2);
  await press(page, PRESSED.rewind);
  await expect(page.getByText('Playing what was said last.')).toBeVisible();
  await press(page, PRESSED.tabForward);
  await expect(findings(page)).not.toBeFocused();
});

test('what was said can no longer be played once its draft is left', async () => {
  const page = await openCaseHearing(['no midline shift']);
  await page.keyboard.down('F3');
  await expect(findings(page)).toHaveValue(/No midline shift/, { timeout: 60_000 });
  await page.keyboard.up('F3');
  await page.getByRole('button', { name: 'Return to list' }).click();
  await page.getByRole('grid', { name: 'Worklist' }).getByRole('row').nth(1).waitFor();
  await page.keyboard.press('n');
  await expect(findings(page)).toBeVisible();
  await page.keyboard.press('Alt+b');
  await expect(page.getByText('Nothing was said yet.')).toBeVisible();
});

test('no microphone, and one that another program holds, are told apart; the text stays', async () => {
  const page = await openCase(['--use-fake-ui-for-media-stream'], SIZES[0], (opened) =>
    opened.addInitScript(() => {
      const fail = (name: string) => async () => {
        throw new DOMException('', name);
      };
      navigator.mediaDevices.getUserMedia = fail('NotFoundError');
      window.addEventListener('hold', () => (navigator.mediaDevices.getUserMedia = fail('NotReadableError')));
    }),
  );
  await findings(page).fill('Normal.');
  await dictate(page).click();
  await expect(report(page).getByText('No microphone was found.')).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event('hold')));
  await dictate(page).click();
  await expect(report(page).getByText('another program may hold it')).toBeVisible();
  await expect(findings(page)).toHaveValue('Normal.');
});

test('a sound system that keeps its own rate of samples is heard all the same', async () => {
  const page = await openCaseHearing(['no midline shift'], undefined, (opened) =>
    opened.addInitScript(() => {
      window.AudioContext = class extends AudioContext {
        constructor(options?: AudioContextOptions) {
          if (options?.sampleRate !== undefined) throw new DOMException('', 'NotSupportedError');
          super({ sampleRate: 44_100 });
        }
      };
    }),
  );
  await page.keyboard.press('F4');
  await expect(findings(page)).toHaveValue(/No midline shift/, { timeout: 60_000 });
});

test('at the start of a shift an allowed microphone is listened to for two seconds', async () => {
  const file = join(folder, 'room.wav');
  let state = 1;
  const room = Float32Array.from({ length: 48_000 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state / 2_147_483_647 - 0.5) * 0.004;
  });
  writeWave(file, room);
  const page = await openCase(
    [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${file}`,
    ],
    SIZES[0],
    (opened) => opened.context().grantPermissions(['microphone'], { origin: new URL(door.url).origin }),
  );
  await expect(page.getByText('Microphone checked: it hears well.')).toBeVisible();
});
