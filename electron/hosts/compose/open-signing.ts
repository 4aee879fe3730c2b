import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { openSignQueue } from '#electron/adapters/sign-queue/open-sign-queue.ts';
import type { Sealer, SignOutcome } from '#electron/workstation/ports.ts';
import { createSigning, type SigningWithQueue } from '#electron/workstation/signing/create-signing.ts';
import type { SigningKey } from '#electron/workstation/signing/ports.ts';
import type { Site } from '#shared/domain/site.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { SECOND_MS, type Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

const FLUSH_MS = 10 * SECOND_MS;

export interface OpenSigning {
  readonly signing: SigningWithQueue;
  close(): void;
}

/** Signing with its queue on disk; `deliverNow` is called when a report may leave. */
export function openSigning(options: {
  readonly folder: string;
  readonly sealer: Sealer;
  readonly fhir: FhirClient;
  readonly sites: () => readonly Site[];
  readonly key: SigningKey;
  readonly deliverNow: () => void;
  readonly clock: Clock;
  readonly log: Log;
}): OpenSigning {
  const { folder, sealer, fhir, sites, key, deliverNow, clock, log } = options;
  const queue = openSignQueue(join(folder, 'sign-queue.sqlite'), sealer);
  const signing = createSigning({ fhir, sites, queue, key, clock, log, newUuid: randomUUID });
  const flushing = setInterval(() => {
    signing.flush().catch(() => {
      log.warn('sign-queue.not-flushed');
    });
  }, FLUSH_MS);
  const leaving = new Set<NodeJS.Timeout>();

  /** When its window ends a report leaves at once, not at the next look of the gateway. */
  function leaveInTime(outcome: SignOutcome): void {
    if (outcome.status !== 'signed') return;
    const timer = setTimeout(
      () => {
        leaving.delete(timer);
        deliverNow();
      },
      Math.max(0, (outcome.undoUntil ?? 0) - clock.now()),
    );
    leaving.add(timer);
  }

  return {
    signing: {
      ...signing,
      async sign(input) {
        const outcome = await signing.sign(input);
        leaveInTime(outcome);
        return outcome;
      },
    },
    close() {
      clearInterval(flushing);
      for (const timer of leaving) clearTimeout(timer);
      queue.close();
    },
  };
}
