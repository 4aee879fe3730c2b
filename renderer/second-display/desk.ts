import { countOf } from '#shared/kernel/count-of.ts';

import { call, failureWords, type Answer } from '../bridge/index.ts';
import { raiseAlert, say } from '../ui/index.ts';
import { nameOf, noWindowWords, openWindowOfImages, windowOfImages } from './open-images-window.ts';

export type DeskWindow = Answer<'displays'>['desk'][number];

const CHANNEL_NAME = 'overread-desk';
/** Windows of images answer within this time, or are not there. */
const ANSWER_MS = 300;
/** A window that was being closed is looked for this often, in so many steps. */
const CLOSING = { steps: 20, stepMs: 100 };

const numberIn = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value);

/** What another window says of its place; anything else is not heard. */
function parseDeskWindow(data: unknown): DeskWindow | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { number, left, top, width, height } = data as Record<string, unknown>;
  const isWhole = [number, left, top, width, height].every(numberIn);
  return isWhole ? ({ number, left, top, width, height } as DeskWindow) : undefined;
}

const placeOf = (number: number): DeskWindow => ({
  number,
  left: window.screenX,
  top: window.screenY,
  width: window.outerWidth,
  height: window.outerHeight,
});

/** The number of this window of images, from its address; the first one has none. */
export const windowNumber = (): number => {
  const said = Number(new URLSearchParams(location.search).get('number') ?? '1');
  return Number.isInteger(said) && said >= 1 ? said : 1;
};

/** This window of images is found by its name, and says where it stands whenever it is asked. */
export function tellPlace(number: number): void {
  window.name = nameOf(number);
  const channel = new BroadcastChannel(CHANNEL_NAME);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === 'where') channel.postMessage(placeOf(number));
  });
}

/** Where the windows of images stand now, each number once. */
function askPlaces(): Promise<DeskWindow[]> {
  const channel = new BroadcastChannel(CHANNEL_NAME);
  const found = new Map<number, DeskWindow>();
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const place = parseDeskWindow(data);
    if (place) found.set(place.number, place);
  });
  channel.postMessage('where');
  return new Promise((resolve) => {
    setTimeout(() => {
      channel.close();
      resolve([...found.values()].toSorted((a, b) => a.number - b.number));
    }, ANSWER_MS);
  });
}

/** One more window of images, beside those that are open. */
export async function openNextImagesWindow(): Promise<void> {
  const taken = new Set((await askPlaces()).map(({ number }) => number));
  let number = 1;
  while (taken.has(number)) number += 1;
  await openWindowOfImages(number);
}

const windowsWords = (count: number): string => `${countOf(count, 'window')} of images`;

/** Keeps which window stands where. */
export async function saveDesk(): Promise<void> {
  const images = await askPlaces();
  const desk = [placeOf(0), ...images];
  try {
    const { status } = await call('saveDesk', { desk });
    if (status !== 'saved') return raiseAlert('desk', 'The desk could not be stored.');
    keepDeskAtHand(desk);
    say(`Desk saved: this window and ${windowsWords(images.length)}.`);
  } catch (failure) {
    raiseAlert('desk', `The desk could not be stored. ${failureWords(failure)}`);
  }
}

let saved: readonly DeskWindow[] = [];

/** The saved desk, known before its key is pressed: a browser opens windows only at once with the key. */
export const keepDeskAtHand = (desk: readonly DeskWindow[]): void => void (saved = desk);

const featuresOf = ({ left, top, width, height }: DeskWindow): string =>
  `popup,left=${left},top=${top},width=${width},height=${height}`;

/** Every window of the saved desk, where it stood. Windows that are open already go there. */
export function openDesk(): void {
  if (saved.length === 0) return say('No desk is saved yet: place the windows, then save the desk.');
  const main = saved.find(({ number }) => number === 0);
  if (main) {
    window.moveTo(main.left, main.top);
    window.resizeTo(main.width, main.height);
  }
  const images = saved.filter(({ number }) => number > 0);
  const opened = openHere(images);
  if (opened < images.length) return raiseAlert('images-window', noWindowWords());
  say(`Desk opened: ${windowsWords(opened)}.`);
}

/** Opens what is not there and brings all to their places; returns how many there are. */
function openHere(images: readonly DeskWindow[]): number {
  const open = (place: DeskWindow) => {
    const opened = windowOfImages(place.number, featuresOf(place));
    opened?.moveTo(place.left, place.top);
    opened?.resizeTo(place.width, place.height);
    return opened;
  };
  const opened = images.map((place) => ({ place, window: open(place) }));
  void replaceClosing(opened, open);
  return opened.filter((one) => one.window !== null).length;
}

interface Opened {
  readonly place: DeskWindow;
  readonly window: Window | null;
}

/** A window that was just being closed was still found and goes a moment later: another one takes its place. */
async function replaceClosing(opened: readonly Opened[], openAgain: (place: DeskWindow) => void): Promise<void> {
  const waiting = new Set(opened);
  for (let step = 0; step < CLOSING.steps; step += 1) {
    await new Promise((resolve) => setTimeout(resolve, CLOSING.stepMs));
    for (const one of waiting) {
      if (one.window?.closed !== true) continue;
      waiting.delete(one);
      openAgain(one.place);
    }
  }
}
