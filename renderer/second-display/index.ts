export { createImagesSide } from './images-side.ts';
export { keepDeskAtHand, openDesk, openNextImagesWindow, saveDesk, tellPlace, windowNumber } from './desk.ts';
export { openChannel } from './messages.ts';
export { openImagesWindow } from './open-images-window.ts';
export { offerReading, readingHome, viewersElsewhere, type ReachedWindow, type ViewerReach } from './reading-home.ts';
export {
  areImagesElsewhere,
  bringImagesBack,
  keyOnOtherDisplay,
  startMainSide,
  useSecondDisplay,
} from './second-display.ts';
