export { systemTimer, type Timer } from '#electron/ports/timer.ts';
