import { describe, expect, it } from 'vitest';

import { createImagesSide } from '#renderer/second-display/images-side.ts';
import { ANSWER_MS, createMainSide } from '#renderer/second-display/main-side.ts';
import { parseMessage, type Channel, type WindowMessage } from '#renderer/second-display/messages.ts';
import { otherScreen } from '#renderer/second-display/open-images-window.ts';

/** Windows of one origin: each hears the others and never itself, as a BroadcastChannel does. */
function air() {
  const ears = new Map<object, (message: WindowMessage) => void>();
  return (): Channel => {
    const self = {};
    return {
      post: (message) => {
        for (const [who, hear] of ears) if (who !== self) hear(parseMessage(structuredClone(message))!);
      },
      listen: (hear) => {
        ears.set(self, hear);
        return () => ears.delete(self);
      },
    };
  };
}

/** Time by hand: `pass` runs what is due. */
function handTime() {
  const due: { run: () => void; at: number }[] = [];
  let now = 0;
  return {
    schedule: (run: () => void, ms: number) => {
      const entry = { run, at: now + ms };
      due.push(entry);
      return () => {
        const place = due.indexOf(entry);
        if (place >= 0) due.splice(place, 1);
      };
    },
    async pass(ms: number) {
      now += ms;
      for (const entry of due.filter(({ at }) => at <= now)) {
        due.splice(due.indexOf(entry), 1);
        entry.run();
      }
      await Promise.resolve();
    },
  };
}

function mainWindow(channel: Channel) {
  const time = handTime();
  const seen: boolean[] = [];
  const side = createMainSide({ channel, schedule: time.schedule, onElsewhere: (elsewhere) => seen.push(elsewhere) });
  return { side, time, isElsewhere: () => seen.at(-1) ?? false };
}

function imagesWindow(channel: Channel, windowId = 'w1') {
  const state = { shown: undefined as string | undefined, expected: undefined as string | undefined, closed: false };
  const side = createImagesSide({
    channel,
    windowId,
    shownKey: () => state.shown,
    onCase: (key) => {
      state.expected = key;
      // As the screen does: what is not expected goes before anything else happens.
      if (state.shown !== key) state.shown = undefined;
    },
    onClose: () => {
      state.closed = true;
      side.leave();
    },
  });
  return { state, side };
}

describe('images on another display', () => {
  it('the window there learns what is open, whichever of the two is first', () => {
    const join = air();
    const main = mainWindow(join());
    main.side.show('case a');
    const images = imagesWindow(join());
    expect(images.state.expected).toBe('case a');
    expect(main.isElsewhere()).toBe(true);
    const again = mainWindow(join());
    expect(again.isElsewhere()).toBe(true);
  });

  it('a change of case takes the other patient’s images away at once', async () => {
    const join = air();
    const main = mainWindow(join());
    const images = imagesWindow(join());
    main.side.show('case a');
    images.state.shown = 'case a';
    main.side.show('case b');
    expect(images.state).toMatchObject({ expected: 'case b', shown: undefined });
    expect(await main.side.askForKey()).toBeUndefined();
    images.state.shown = 'case b';
    expect(await main.side.askForKey()).toBe('case b');
    main.side.show(undefined);
    expect(images.state).toMatchObject({ expected: undefined, shown: undefined });
  });

  it('gives the key the other window has now, not one it told before', async () => {
    const join = air();
    const main = mainWindow(join());
    const images = imagesWindow(join());
    images.state.shown = 'case a';
    images.side.tell();
    images.state.shown = 'case z';
    expect(await main.side.askForKey()).toBe('case z');
  });

  it('counts no answer within a second as no images, and the images as back', async () => {
    const join = air();
    const main = mainWindow(join());
    const dead = join();
    dead.post({ from: 'images', type: 'shows', windowId: 'dead', contextKey: 'case a' });
    expect(main.isElsewhere()).toBe(true);
    const asking = main.side.askForKey();
    await main.time.pass(ANSWER_MS);
    expect(await asking).toBeUndefined();
    expect(main.isElsewhere()).toBe(false);
  });

  it('an answer to an earlier question does not stand for this one', async () => {
    const join = air();
    const main = mainWindow(join());
    const late = join();
    late.post({ from: 'images', type: 'shows', windowId: 'late', contextKey: 'case a' });
    const asking = main.side.askForKey();
    late.post({ from: 'images', type: 'shows', windowId: 'late', contextKey: 'case a', ask: 999 });
    await main.time.pass(ANSWER_MS);
    expect(await asking).toBeUndefined();
  });

  it('two windows with different cases, or one of them silent, are no images', async () => {
    const join = air();
    const main = mainWindow(join());
    const [one, two] = [imagesWindow(join(), 'w1'), imagesWindow(join(), 'w2')];
    one.state.shown = 'case a';
    two.state.shown = 'case b';
    expect(await main.side.askForKey()).toBeUndefined();
    two.state.shown = 'case a';
    expect(await main.side.askForKey()).toBe('case a');
    two.state.shown = undefined;
    expect(await main.side.askForKey()).toBeUndefined();
  });

  it('a window that leaves, or is asked to, gives the images back', () => {
    const join = air();
    const main = mainWindow(join());
    imagesWindow(join()).side.leave();
    expect(main.isElsewhere()).toBe(false);
    const second = imagesWindow(join(), 'w2');
    main.side.bringBack();
    expect(second.state.closed).toBe(true);
    expect(main.isElsewhere()).toBe(false);
  });

  it('a window that died without a word is noticed without anyone signing', async () => {
    const join = air();
    const main = mainWindow(join());
    join().post({ from: 'images', type: 'shows', windowId: 'dead', contextKey: null });
    await main.time.pass(5000);
    await main.time.pass(ANSWER_MS);
    expect(main.isElsewhere()).toBe(false);
  });

  it('a closing main window takes its case off the other display', () => {
    const join = air();
    const main = mainWindow(join());
    const images = imagesWindow(join());
    main.side.show('case a');
    images.state.shown = 'case a';
    main.side.close();
    expect(images.state).toMatchObject({ expected: undefined, shown: undefined });
  });

  it('hears nothing it does not understand', () => {
    for (const data of [
      undefined,
      'input',
      { from: 'main', type: 'case' },
      { from: 'main', type: 'case', contextKey: 7 },
      { from: 'images', type: 'shows', contextKey: 'a' },
      { from: 'elsewhere', type: 'close' },
    ])
      expect(parseMessage(data)).toBeUndefined();
  });

  it('is placed on the largest screen beside the one in use', () => {
    const screen = (availLeft: number, availWidth: number) => ({
      availLeft,
      availTop: 0,
      availWidth,
      availHeight: 1000,
    });
    const [here, small, large] = [screen(0, 5000), screen(5000, 1000), screen(6000, 3000)];
    expect(otherScreen({ screens: [here, small, large], currentScreen: here })).toBe(large);
    expect(otherScreen({ screens: [here], currentScreen: here })).toBeUndefined();
  });
});
