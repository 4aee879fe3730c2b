import { listenMllp } from '#electron/adapters/hl7-mllp/listen-mllp.ts';
import { createIntake } from '#electron/gateway/intake/create-intake.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { machineClock, openRealHub } from './intake-rig.ts';

/** A gateway with its hub as a program of its own, so that a test can kill it: `node FILE database`; prints its port. */
const file = process.argv[2];
if (file === undefined) throw new Error('database file missing');
const hub = openRealHub(file);
const intake = createIntake({
  fhir: hub.fhir,
  sites: [
    {
      id: 'mercy' as SiteId,
      name: 'Mercy General',
      orders: { hl7ListenPort: 0, unordered: 'ignore' },
      returns: [],
      turnaroundMinutes: {},
    },
  ],
  clock: machineClock,
  log: silentLog,
  listenMllp,
  archiveOf: () => undefined,
  siteFhirOf: () => undefined,
});
const { hl7Ports } = await intake.start();
process.stdout.write(`${hl7Ports['mercy' as SiteId]}\n`);
