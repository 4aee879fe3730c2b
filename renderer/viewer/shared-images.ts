import { createCaseImages, type CaseImages, type CaseImagesListener, type CaseToLoad } from './case-images.ts';
import { forgetImage } from './engine/image-loader.ts';
import { setUpCornerstone } from './engine/setup.ts';
import { memoryOnScreen } from './image-memory.ts';
import { imagesHome, type ImagesHome, type JoinedCase } from './images-home.ts';
import { localImage } from './local-image.ts';
import type { ImageOutcome } from './pixels/image-bank.ts';
import { caseKey, createWarmCase } from './warm-case.ts';

interface SharedCase {
  readonly images: CaseImages;
  /** Each window, with its ear once it has one. */
  readonly windows: Map<string, CaseImagesListener | undefined>;
  /** Studies that are asked for again just now. */
  readonly asked: Map<string, ReturnType<CaseImages['loadAgain']>>;
  /** How many images each series had when it was last replaced. */
  readonly replaced: Map<string, number>;
}

function createHome(): ImagesHome {
  const cases = new Map<string, SharedCase>();
  const warm = createWarmCase();

  function open(opened: CaseToLoad): SharedCase {
    // Colour is decoded as this machine draws it: known once the graphics are set up.
    setUpCornerstone();
    const images = warm.take(opened) ?? createCaseImages(opened, memoryOnScreen());
    return { images, windows: new Map(), asked: new Map(), replaced: new Map() };
  }

  const toAll = ({ windows }: SharedCase): CaseImagesListener => {
    const each = (tell: (listener: CaseImagesListener) => void) => {
      for (const listener of windows.values()) if (listener) tell(listener);
    };
    return {
      onDecoded: (series) => each((listener) => listener.onDecoded(series)),
      onPreview: (facts, display) => each((listener) => listener.onPreview(facts, display)),
      onFed: () => each((listener) => listener.onFed()),
      onProblem: (message) => each((listener) => listener.onProblem(message)),
      onNotice: (series, notice) => each((listener) => listener.onNotice(series, notice)),
    };
  };

  return {
    warm: warm.make,
    join(opened, windowId): JoinedCase {
      const key = caseKey(opened);
      const shared = cases.get(key) ?? open(opened);
      cases.set(key, shared);
      shared.windows.set(windowId, undefined);
      return {
        images: shared.images,
        listen(listener) {
          const isFirst = [...shared.windows.values()].every((one) => one === undefined);
          shared.windows.set(windowId, listener);
          if (isFirst) shared.images.show(toAll(shared), memoryOnScreen());
        },
        loadAgain(studyInstanceUid, prior) {
          const asked = shared.asked.get(studyInstanceUid) ?? shared.images.loadAgain(studyInstanceUid, prior);
          shared.asked.set(studyInstanceUid, asked);
          void asked.finally(() => shared.asked.delete(studyInstanceUid));
          return asked;
        },
        replace(series) {
          if (shared.replaced.get(series.key) === series.images.length) return;
          shared.replaced.set(series.key, series.images.length);
          shared.images.bank.replace(series);
        },
        leave() {
          shared.windows.delete(windowId);
          if (shared.windows.size > 0 || cases.get(key) !== shared) return;
          cases.delete(key);
          shared.images.close();
        },
      };
    },
  };
}

/** The main window offers its memory to the windows of images it opens. */
export function offerImages(): void {
  if (imagesHome() === undefined) window.overreadImages ??= createHome();
}

/** This window's own hold on images that have left the shared memory is looked through after so many. */
const SWEEP_EVERY = 64;

/** The case from the memory of the window that opened this one; undefined where there is none. */
export function joinImages(opened: CaseToLoad): CaseImages | undefined {
  const home = imagesHome();
  if (!home) return undefined;
  const windowId = crypto.randomUUID();
  const joined = home.join(opened, windowId);
  const { images } = joined;
  const { bank } = images;
  const own = new WeakMap<object, ReturnType<typeof localImage>>();
  const held = new Set<string>();
  const paneOf = (paneId: string) => `${windowId} ${paneId}`;

  type Image = Extract<ImageOutcome, { ok: true }>['image'];
  function ownImage(image: Image): Image {
    const known = own.get(image);
    if (known) return known;
    const facts = bank.factsOf(image.imageId);
    const made = facts ? localImage(facts, image) : image;
    own.set(image, made);
    held.add(image.imageId);
    if (held.size % SWEEP_EVERY === 0) sweep();
    return made;
  }

  function sweep(): void {
    for (const series of images.allSeries() ?? []) {
      for (const { facts, isKept } of bank.slots(series.key)) {
        if (!isKept && held.delete(facts.imageId)) forgetImage(facts.imageId);
      }
    }
  }

  const panes = new Set<string>();
  function close(): void {
    window.removeEventListener('pagehide', close);
    for (const paneId of panes) bank.leave(paneId);
    for (const imageId of held) forgetImage(imageId);
    held.clear();
    joined.leave();
  }
  window.addEventListener('pagehide', close);

  return {
    ...images,
    bank: {
      ...bank,
      look(series, paneId, index) {
        panes.add(paneOf(paneId));
        bank.look(series, paneOf(paneId), index);
      },
      leave: (paneId) => bank.leave(paneOf(paneId)),
      load: async (imageId) => ownImage(await bank.load(imageId)),
      async image(series, index) {
        const outcome = await bank.image(series, index);
        return outcome.ok ? { ok: true, image: ownImage(outcome.image) } : outcome;
      },
      ready(series, index) {
        const image = bank.ready(series, index);
        return image && ownImage(image);
      },
      replace: joined.replace,
      allow: () => undefined,
      close: () => undefined,
    },
    loadAgain: joined.loadAgain,
    show: joined.listen,
    close,
  };
}
