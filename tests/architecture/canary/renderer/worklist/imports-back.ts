import { thing } from '#electron/hub/imports-adapter.ts';
import { readFile } from 'node:fs/promises';
import { cache } from '@cornerstonejs/core';
export const broken = [thing, readFile, cache];
