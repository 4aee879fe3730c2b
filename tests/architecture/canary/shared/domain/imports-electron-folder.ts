import { thing } from '#electron/hub/imports-adapter.ts';
export const broken = thing;
