import { broken as adapter } from '#electron/adapters/x/imports-host.ts';
export const thing = adapter;
