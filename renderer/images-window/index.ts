export { startImagesWindow } from './images-window.ts';
export { ImagesWindow } from './ImagesWindow.tsx';
