import { thing } from '../../hub/imports-adapter.ts';
export const broken = thing;
