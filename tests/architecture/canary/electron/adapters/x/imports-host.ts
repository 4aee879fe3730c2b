import { thing } from '#electron/hosts/anything.ts';
export const broken = thing;
