import { call, failureWords, nativeHost, type Answer } from '../bridge/index.ts';
import { raiseAlert, say } from '../ui/index.ts';
import { addressOf, BLOCKED, nameOf, openWindowOfImages } from './open-images-window.ts';

export type DeskWindow = Answer<'displays'>['desk'][number];

const CHANNEL_NAME = 'overread-desk';
/** Windows of images answer within this time, or are not there. */
const ANSWER_MS = 300;

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

/** This window of images says where it stands whenever it is asked. */
export function tellPlace(number: number): void {
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

const windowsWords = (count: number): string => `${count} ${count === 1 ? 'window' : 'windows'} of images`;

/** Keeps which window stands where. */
export async function saveDesk(): Promise<void> {
  const images = await askPlaces();
  try {
    const { status } = await call('saveDesk', { desk: [placeOf(0), ...images] });
    if (status === 'saved') say(`Desk saved: this window and ${windowsWords(images.length)}.`);
    else raiseAlert('desk', 'The desk could not be stored.');
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
export async function openDesk(): Promise<void> {
  if (saved.length === 0) return say('No desk is saved yet: place the windows, then save the desk.');
  const shell = nativeHost();
  const main = saved.find(({ number }) => number === 0);
  if (main && shell === undefined) {
    window.moveTo(main.left, main.top);
    window.resizeTo(main.width, main.height);
  }
  const images = saved.filter(({ number }) => number > 0);
  let opened = 0;
  for (const place of images) {
    if (shell !== undefined) {
      if (await shell.placeImagesWindow(place)) opened += 1;
      continue;
    }
    if (openNamed(place) !== null) opened += 1;
  }
  if (opened < images.length) return raiseAlert('images-window', BLOCKED);
  say(`Desk opened: ${windowsWords(opened)}.`);
}

function openNamed(place: DeskWindow): Window | null {
  const named = window.open(addressOf(place.number), nameOf(place.number), featuresOf(place));
  // A window that is just being closed is still found by its name.
  const opened = named?.closed === true ? window.open(addressOf(place.number), '', featuresOf(place)) : named;
  opened?.moveTo(place.left, place.top);
  opened?.resizeTo(place.width, place.height);
  return opened;
}
