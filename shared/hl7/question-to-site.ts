import type { Person } from '../domain/identity.ts';
import type { SiteQuestion } from '../domain/site-question.ts';
import { messageControlIdOf } from '../reporting/stable-ids.ts';
import { STANDARD_DELIMITERS } from './delimiters.ts';
import { encodeHl7, headerSegment, segment, type FieldInput } from './message.ts';
import { extendedPersonName } from './oru-from-report.ts';
import type { OruFormat } from './oru-format.ts';
import { formatTimestamp } from './timestamp.ts';

type Patient = Pick<Person, 'mrn' | 'name' | 'sex' | 'birthDate'>;

const SEX = { M: 'M', F: 'F', O: 'O', unknown: 'U' } as const;

/** MSH-10 of a question: told again it is the same message. */
export const controlIdOfQuestion = ({ uuid }: Pick<SiteQuestion, 'uuid'>): string => messageControlIdOf(uuid, 0);

/**
 * A question as MDM^T02, original document with content (2.5.1, 9.6.2): TXA-12 is its number, by which the answer names it, and TXA-15 the accession
 * number. Nothing in it depends on when it is sent.
 */
export function mdmFromQuestion(
  question: SiteQuestion,
  patient: Patient,
  { version, charset }: Pick<OruFormat, 'version' | 'charset'>,
): string {
  const at = formatTimestamp(question.askedAt);
  const isOld = version === '2.3.1';
  const reader: FieldInput = [question.askedBy.id, ...extendedPersonName(question.askedBy.name)];
  const mrn: FieldInput = patient.mrn === '' ? undefined : [patient.mrn, '', '', question.siteId, 'MR'];
  const name: FieldInput = [...extendedPersonName(patient.name), '', 'L'];
  const txa: FieldInput[] = Array.from({ length: 19 }, () => undefined);
  txa[0] = '1';
  // Table 0270: a consultation asked for by a physician.
  txa[1] = 'CN';
  txa[2] = 'FT';
  txa[3] = at;
  txa[4] = reader;
  txa[8] = reader;
  txa[11] = [question.uuid, 'OVERREAD'];
  txa[14] = question.accessionNumber;
  txa[16] = 'AU';
  txa[18] = 'AV';
  const said = (n: number, code: string, title: string, text: string) =>
    segment('OBX', String(n), 'FT', [code, title, 'L'], '', text, '', '', '', '', '', 'F');
  return encodeHl7({
    delimiters: STANDARD_DELIMITERS,
    segments: [
      headerSegment([
        'OVERREAD',
        'OVERREAD',
        undefined,
        question.siteId,
        at,
        undefined,
        isOld ? ['MDM', 'T02'] : ['MDM', 'T02', 'MDM_T02'],
        controlIdOfQuestion(question),
        'P',
        version,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        charset,
      ]),
      segment('EVN', 'T02', at),
      segment('PID', '1', '', mrn, '', name, '', patient.birthDate?.replaceAll('-', ''), SEX[patient.sex]),
      segment('PV1', '1', 'U'),
      segment('TXA', ...txa),
      said(1, 'QUESTION', 'Question about an exam', question.text),
      said(2, 'EXAM', 'Exam', question.examText),
    ],
  });
}
