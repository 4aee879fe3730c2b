import type { CriticalResult } from '../../domain/critical-result.ts';
import type { Complaint } from '../complaint.ts';
import { criticalSentence } from '../critical-sentence.ts';
import { plainSections } from '../plain-sections.ts';
import type { ReportBody } from '../report.ts';

type Recorded = Pick<CriticalResult, 'level' | 'finding' | 'tellings'>;

/**
 * Critical results that were recorded for the reading and whose sentence no longer stands in what is signed. It stands as it was at any time: the support
 * desk may have told others since. `addenda`: what stands beside the body in the same version.
 */
export function checkCritical(
  recorded: readonly Recorded[],
  {
    body,
    addenda = [],
    timeZone,
  }: { readonly body: ReportBody; readonly addenda?: readonly string[]; readonly timeZone: string },
): Complaint[] {
  const said = squeezed([...plainSections(body).flatMap(({ lines }) => lines), ...addenda].join(' '));
  return recorded.flatMap((result) => {
    const times = [...result.tellings.keys(), result.tellings.length];
    const sentences = times.map((count) =>
      criticalSentence({ ...result, tellings: result.tellings.slice(0, count) }, timeZone),
    );
    if (sentences.some((sentence) => said.includes(squeezed(sentence)))) return [];
    return [
      {
        code: 'critical-sentence-missing',
        severity: 'stop',
        quote: result.finding,
        message: `A critical result (${result.level}) was recorded, and its sentence is not in the report.`,
        fix: `Put it back, or say why the report does not carry it: ${sentences.at(-1) ?? ''}`,
      },
    ];
  });
}

const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().toLowerCase();
