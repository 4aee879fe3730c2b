import { nativeHost } from '../bridge/index.ts';
import { raiseAlert } from '../ui/index.ts';

/** The Window Management API, as far as it is used; not yet in TypeScript's DOM types. */
interface ScreenPlace {
  readonly availLeft: number;
  readonly availTop: number;
  readonly availWidth: number;
  readonly availHeight: number;
}
interface ScreenDetails {
  readonly screens: readonly ScreenPlace[];
  readonly currentScreen: ScreenPlace;
}
interface PlacingWindow {
  readonly screen: { readonly isExtended?: boolean };
  readonly getScreenDetails?: () => Promise<ScreenDetails>;
}

const addressOf = (number: number): string => `/?window=images${number === 1 ? '' : `&number=${number}`}`;
/** What a window of images calls itself, so that it is found after the list was loaded anew. */
export const nameOf = (number: number): string => (number === 1 ? 'overread-images' : `overread-images-${number}`);
/** Why no window came: Electron refuses where no display is left for it, a browser where it blocks pop-ups. */
export const noWindowWords = (): string =>
  nativeHost() === undefined
    ? 'The browser did not let the window for the images open. Allow pop-ups for this address, then try again.'
    : 'There is no other display to show the images on.';

/** The largest screen beside the one this window is on; for the second window of images the next largest, and so on. */
export function otherScreen({ screens, currentScreen }: ScreenDetails, number = 1): ScreenPlace | undefined {
  const area = ({ availWidth, availHeight }: ScreenPlace) => availWidth * availHeight;
  const others = screens.filter((screen) => screen !== currentScreen).toSorted((a, b) => area(b) - area(a));
  return others[(number - 1) % Math.max(1, others.length)];
}

const features = (place: ScreenPlace | undefined): string =>
  place === undefined
    ? 'popup,width=1280,height=900'
    : `popup,left=${place.availLeft},top=${place.availTop},width=${place.availWidth},height=${place.availHeight}`;

const opened = new Map<number, Window>();

/** The window of images of that number, opened where there is none; null where the browser forbids it. */
export function windowOfImages(number: number, shape: string): Window | null {
  const known = opened.get(number);
  if (known?.closed === false) return known;
  // By its name a window that is still closing would be found, and would go all the same.
  const found = window.open(addressOf(number), known === undefined ? nameOf(number) : '_blank', shape);
  if (found !== null) opened.set(number, found);
  return found;
}

/** Opens the images on another display: Electron's main process chooses it, a browser where it is allowed to. */
export const openImagesWindow = (): Promise<void> => openWindowOfImages(1);

/** The first, second … window of images. */
export async function openWindowOfImages(number: number): Promise<void> {
  const placing = window as unknown as PlacingWindow;
  const isGranted = await mayPlaceWindows();
  const details = isGranted ? await placing.getScreenDetails?.().catch(() => undefined) : undefined;
  const opened = windowOfImages(number, features(details === undefined ? undefined : otherScreen(details, number)));
  if (opened === null) return raiseAlert('images-window', noWindowWords());
  opened.focus();
  if (!isGranted && placing.screen.isExtended === true) await askToPlace(opened, placing, number);
}

async function mayPlaceWindows(): Promise<boolean> {
  try {
    const name = 'window-management' as PermissionName;
    return (await navigator.permissions.query({ name })).state === 'granted';
  } catch {
    return false;
  }
}

/** The window is there already: a question about screens that is refused or not asked costs only its place. */
async function askToPlace(opened: Window, placing: PlacingWindow, number: number): Promise<void> {
  const details = await placing.getScreenDetails?.().catch(() => undefined);
  const place = details === undefined ? undefined : otherScreen(details, number);
  if (place === undefined || opened.closed) return;
  opened.moveTo(place.availLeft, place.availTop);
  opened.resizeTo(place.availWidth, place.availHeight);
}
