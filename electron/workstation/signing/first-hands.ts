import { eligibilityOf } from '#shared/domain/eligibility.ts';
import type { ReadingGroup } from '#shared/domain/group.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { attestationText, USUAL_ATTESTATION, type FirstHand } from '#shared/reporting/attestation.ts';
import type { ReportBody } from '#shared/reporting/report.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import type { WorkstationPorts } from '#electron/workstation/ports.ts';

export interface Attests {
  readonly firstReader: string;
  readonly state: FirstHand['state'];
  readonly before: ReportBody;
  readonly unchanged: string;
  readonly changed: string;
}

export interface FirstHands {
  /** Who wrote the reading's text first and could not make it final: a preliminary report, else a draft handed over. */
  of(task: ReadingTask, standing: SignedReport | undefined): Promise<FirstHand | undefined>;
  /** The sentence that making this text final means; undefined where the group wants none. */
  textFor(first: FirstHand, body: ReportBody): string | undefined;
  /** What to show ahead of signing; undefined for a reader who signs preliminary reports only. */
  attests(task: ReadingTask, standing: SignedReport | undefined): Promise<Attests | undefined>;
}

type Ports = Pick<WorkstationPorts, 'drafts' | 'reader' | 'clock'> & {
  readonly terms: Pick<ReadingGroup, 'attestation'>;
  readonly regionOf: (siteId: ReadingTask['siteId']) => string | undefined;
};

export function createFirstHands({ drafts, reader, clock, terms, regionOf }: Ports): FirstHands {
  const { attestation: words = USUAL_ATTESTATION } = terms;

  async function of(task: ReadingTask, standing: SignedReport | undefined): Promise<FirstHand | undefined> {
    if (standing?.state === 'preliminary' && standing.signedBy.id !== reader.id)
      return { reader: standing.signedBy, state: 'preliminary', body: standing.body };
    if (standing !== undefined) return undefined;
    const handed = await drafts.lastByAnother(task.id, reader.id);
    if (handed === undefined || handed.writer.id === reader.id || handed.writer.signs === 'final') return undefined;
    const { id, name } = handed.writer;
    return { reader: { id, name }, state: 'draft', body: handed.body };
  }

  return {
    of,
    textFor: (first, body) => (words === 'none' ? undefined : attestationText(words, first, body)),
    async attests(task, standing) {
      const { privilege } = eligibilityOf(reader, task, { region: regionOf(task.siteId), now: clock.now() });
      if (words === 'none' || privilege !== 'final') return undefined;
      const first = await of(task, standing);
      if (first === undefined) return undefined;
      const changedBody = { ...first.body, sections: [] };
      return {
        firstReader: first.reader.name,
        state: first.state,
        before: first.body,
        unchanged: attestationText(words, first, first.body),
        changed: attestationText(words, first, changedBody),
      };
    },
  };
}
