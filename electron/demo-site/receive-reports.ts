import { acknowledge } from '#shared/hl7/acknowledge.ts';
import { STANDARD_DELIMITERS } from '#shared/hl7/delimiters.ts';
import { controlId, headerSegment, messageType, parseHl7, type Hl7Message } from '#shared/hl7/message.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { DemoFiles } from './ports.ts';

export interface ReportReceiver {
  answer(message: Uint8Array): Promise<Uint8Array>;
  /** Reports filed since the start. */
  filed(): number;
}

const NO_HEADER: Hl7Message = { delimiters: STANDARD_DELIMITERS, segments: [headerSegment([])] };

/** The hospital's results interface: files each ORU^R01 once, by MSH-10, before it says AA; one that came before is acknowledged again. */
export function createReportReceiver({
  folder,
  files,
  clock,
}: {
  readonly folder: string;
  readonly files: DemoFiles;
  readonly clock: Clock;
}): ReportReceiver {
  let filed = 0;
  let answered = 0;
  return {
    filed: () => filed,
    async answer(message) {
      const parsed = parseHl7(new TextDecoder().decode(message));
      const original = parsed.ok ? parsed.value : NO_HEADER;
      answered += 1;
      const identity = { controlId: `MG${clock.now().toString(36)}${answered}`, at: clock.now() };
      const say = (code: 'AA' | 'AR', text: string) =>
        new TextEncoder().encode(acknowledge(original, code, text, identity));
      if (!parsed.ok) return say('AR', parsed.error.reason);
      const id = controlId(original);
      if (!messageType(original).startsWith('ORU')) return say('AR', 'only results are taken here');
      if (!/^[\w.-]{1,80}$/.test(id)) return say('AR', 'MSH-10 is missing or unusable');
      const path = `${folder}/${id}.hl7`;
      if ((await files.read(path)) === undefined) {
        await files.writeAtomically(path, message);
        filed += 1;
      }
      return say('AA', '');
    },
  };
}
