import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The real hub with its gateway. The same by hand with any count: `npm run campaign -- fuzz --seed S --count N`. */
it('broken messages and transactions are answered and kept, and sound orders between them become one reading each', async () => {
  const argv = ['build/run.mjs', 'campaign', 'fuzz', '--seed', '3', '--count', '200', '--json'];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, argv, { cwd: ROOT }).catch(
    (ended: { readonly stdout: string; readonly stderr: string }) => ended,
  );
  const facts = JSON.parse(stdout) as Record<string, number>;
  expect(facts, stderr).toMatchObject({ campaign: 'fuzz', tried: 200, survived: 200, lost: 0, doubled: 0 });
  for (const answer of ['hl7.AA', 'hl7.AR', 'fhir.2xx', 'fhir.4xx']) expect(facts[answer]).toBeGreaterThan(0);
  expect(facts['kept']).toBe(facts['hl7.AR']);
});

it('broken messages and broken records of a site’s own FHIR server are taken, or kept with the reason, and lose no sound order', async () => {
  const argv = ['build/run.mjs', 'campaign', 'intake', '--seed', '5', '--count', '200', '--json'];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, argv, { cwd: ROOT }).catch(
    (ended: { readonly stdout: string; readonly stderr: string }) => ended,
  );
  const facts = JSON.parse(stdout) as Record<string, number>;
  expect(facts, stderr).toMatchObject({ campaign: 'intake', tried: 200, survived: 200, lost: 0, doubled: 0 });
  for (const answer of ['hl7.AA', 'hl7.AR', 'fhir.taken', 'fhir.refused']) expect(facts[answer]).toBeGreaterThan(0);
  expect(facts['kept']).toBe((facts['hl7.AR'] ?? 0) + (facts['fhir.refused'] ?? 0));
});
