import { expect, it } from 'vitest';

import { placeForImages } from '#electron/hosts/electron/images-window.ts';

const display = (id: number, x: number, width: number, height: number) =>
  ({ id, size: { width, height }, workArea: { x, y: 0, width, height } }) as Parameters<
    typeof placeForImages
  >[0][number];
const COLOUR = display(1, 0, 1920, 1080);
const GREY = display(2, 1920, 2048, 2560);
const OTHER_GREY = display(3, 3968, 1536, 2048);

it('gives each window of images a display beside the worklist’s, the largest first, and none where there is no other', () => {
  const displays = [COLOUR, OTHER_GREY, GREY];
  const place = (number: number) => placeForImages(displays, COLOUR.id, { number, place: undefined })?.x;
  expect([place(1), place(2), place(3)]).toEqual([1920, 3968, 1920]);
  expect(placeForImages([COLOUR], COLOUR.id, { number: 1, place: undefined })).toBeUndefined();
});

it('lets the saved desk put images beside the worklist on one display', () => {
  const place = { x: 960, y: 0, width: 960, height: 1040 };
  expect(placeForImages([COLOUR], COLOUR.id, { number: 1, place })).toEqual(place);
});
