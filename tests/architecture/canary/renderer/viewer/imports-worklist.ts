import { rows } from '#renderer/worklist/store.ts';
export const broken = rows;
