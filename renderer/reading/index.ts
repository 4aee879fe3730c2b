export { readingCommands } from './commands.ts';
export { isReading, loseClaim, openTask, readNext, renewClaim, useReading } from './reading.ts';
export { ReadingScreen } from './ReadingScreen.tsx';
export { loadViewer } from './viewer-slot.tsx';
