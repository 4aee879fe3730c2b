export const DRAFT_KEY = Buffer.alloc(32, 11);
export const READER = 'r1';

const LINE = 'No focal lesion of the liver; spleen 11 cm. ';
/** What stands in the report after so many keys. */
export const textAfter = (keys: number): string => LINE.repeat(Math.ceil(keys / LINE.length)).slice(0, keys);
