import type { SendMllp } from '#electron/ports/mllp.ts';
import type { Timer } from '#electron/ports/timer.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { readAcknowledgement } from '#shared/hl7/acknowledge.ts';
import { parseHl7 } from '#shared/hl7/message.ts';
import { SECOND_MS, type Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import { orderMessage, priorReportMessage } from './order-messages.ts';
import { orderBundle } from './order-resources.ts';
import type { DemoSiteKey, DemoStudy } from './studies/index.ts';

const SEND_TIMEOUT_MS = 30 * SECOND_MS;
/** A study of so few images is made within seconds. */
const QUICK_IMAGES = 1;
const REPEAT_MS = 3 * SECOND_MS;

export interface Night {
  stop(): Promise<void>;
}

export interface NightPorts {
  readonly studies: readonly DemoStudy[];
  readonly timer: Timer;
  readonly clock: Clock;
  readonly log: Log;
  readonly sendMllp: SendMllp;
  /** The gateway's port for a site's HL7 orders; a site without one sends FHIR. */
  readonly hl7PortOf: (site: DemoSiteKey) => number | undefined;
  readonly fhirOf: (site: DemoSiteKey) => FhirClient;
  /** Makes a study's images and shows them in the site's archive. */
  readonly showImages: (study: DemoStudy) => Promise<void>;
}

/**
 * The script of one night. Each current study comes at its time: priors and their reports first, then order and images, whose order alternates,
 * as it does at real sites. One study's images are made at a time, the most urgent of those due first.
 */
export function playNight(ports: NightPorts): Night {
  const { studies, timer, log } = ports;
  const byKey = new Map(studies.map((study) => [study.key, study]));
  const current = studies.filter((study) => study.role === 'current');
  const running = new Set<Promise<void>>();
  const cancels = new Set<() => void>();
  const waiting: DemoStudy[] = [];
  const shown = new Set<string>();
  let stopped = false;
  let making: Promise<void> | undefined;

  const track = (work: Promise<void>) => {
    const settled = work
      .catch(() => log.error('demo.failed', { code: 'internal' }))
      .finally(() => running.delete(settled));
    running.add(settled);
  };
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      if (stopped) return resolve();
      const done = () => {
        cancels.delete(done);
        cancel();
        resolve();
      };
      const cancel = timer.after(ms, done);
      cancels.add(done);
    });

  async function untilTaken(send: () => Promise<boolean>): Promise<void> {
    while (!stopped && !(await send())) await wait(REPEAT_MS);
  }

  const sendOverMllp = (port: number, text: string) =>
    untilTaken(async () => {
      const message = new TextEncoder().encode(text);
      const answer = await ports.sendMllp({ host: '127.0.0.1', port, message, timeoutMs: SEND_TIMEOUT_MS });
      if (!answer.ok) return false;
      const parsed = parseHl7(new TextDecoder().decode(answer.ack));
      const code = parsed.ok ? readAcknowledgement(parsed.value)?.code : undefined;
      if (code !== undefined && code !== 'AA' && code !== 'CA') log.warn('demo.message-refused', { code });
      // AE asks for a repeat; AR never becomes AA.
      return code !== 'AE' && code !== 'CE' && code !== undefined;
    });

  async function sendOrder(study: DemoStudy): Promise<void> {
    const port = ports.hl7PortOf(study.siteKey);
    if (port === undefined) {
      await untilTaken(() =>
        ports
          .fhirOf(study.siteKey)
          .transaction(orderBundle(study))
          .then(
            () => true,
            () => false,
          ),
      );
      return;
    }
    for (const key of study.priorKeys) {
      const prior = byKey.get(key);
      const report = prior === undefined ? undefined : priorReportMessage(prior, ports.clock.now());
      if (report !== undefined) await sendOverMllp(port, report);
    }
    await sendOverMllp(port, orderMessage(study, ports.clock.now()));
    log.info('demo.order-sent', { siteId: study.siteKey });
  }

  /** Films first, they take seconds, so that there is something to read at once; then as the catalogue stands: most urgent first. */
  const isQuick = ({ imageCount }: DemoStudy) => (imageCount <= QUICK_IMAGES ? 0 : 1);
  const nextDue = (): DemoStudy | undefined => {
    const [next] = waiting.sort((a, b) => isQuick(a) - isQuick(b) || current.indexOf(a) - current.indexOf(b));
    if (next !== undefined) waiting.splice(waiting.indexOf(next), 1);
    return next;
  };

  async function show(study: DemoStudy | undefined): Promise<void> {
    if (study === undefined || shown.has(study.key) || stopped) return;
    shown.add(study.key);
    try {
      await ports.showImages(study);
    } catch {
      // One study that could not be made does not end the night.
      if (!stopped) log.error('demo.images-failed', { siteId: study.siteKey });
    }
  }

  async function makeAll(): Promise<void> {
    for (let study = nextDue(); study !== undefined && !stopped; study = nextDue()) {
      for (const key of study.priorKeys) await show(byKey.get(key));
      await show(study);
    }
    making = undefined;
  }

  function showSoon(study: DemoStudy): void {
    waiting.push(study);
    if (making === undefined) track((making = makeAll()));
  }

  /** Ordered first, or scanned first. */
  async function bring(study: DemoStudy, place: number): Promise<void> {
    await wait(study.arrivesAfterSeconds * SECOND_MS);
    if (stopped) return;
    if (place % 2 === 0) {
      await sendOrder(study);
      if (!stopped) showSoon(study);
    } else {
      showSoon(study);
      await wait(SECOND_MS);
      if (!stopped) await sendOrder(study);
    }
  }

  current.forEach((study, place) => track(bring(study, place)));
  return {
    async stop() {
      stopped = true;
      for (const done of cancels) done();
      await Promise.all(running);
    },
  };
}
