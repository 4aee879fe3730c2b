import { createRequestPlaces, type Claim } from './pixels/request-places.ts';

/** Of a browser's six connections to the door: one is for its events, the others for what the reader does. */
const PLACES = 3;

/** Whatever this window asks for that a site's line may hold up. */
export const requestPlaces = createRequestPlaces(PLACES);

/** One answer about the open case, before the images of series whose first image is here. */
export const ONE_ANSWER: Claim = { kind: () => 'current', rank: () => 1 };
/** What lies over images, after the images that are looked at. */
export const OVER_IMAGES: Claim = { kind: () => 'current', rank: () => 2.5 };
