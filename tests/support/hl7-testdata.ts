import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve('..', 'shared', 'testdata', 'hl7v2');

/** Real messages of other people's systems. Absent outside the group: then suites skip, except in CI, where they must not. */
export const hasHl7Testdata = existsSync(folder) || process.env['CI'] === 'true';
export const hl7Skip = hasHl7Testdata ? '' : ' (skipped: ../shared/testdata/hl7v2 is not here)';

export const hl7TestdataNames = (): string[] => (existsSync(folder) ? readdirSync(folder) : []);
export const hl7TestdataPath = (name: string): string => join(folder, name);
export const hl7Testdata = (name: string): Uint8Array => new Uint8Array(readFileSync(hl7TestdataPath(name)));
