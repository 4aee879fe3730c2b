import {
  componentAt,
  firstSegment,
  repetitionsAt,
  segmentsOf,
  valueAt,
  type Hl7Message,
  type Segment,
} from './message.ts';
import { providerFromXcn } from './person-from-hl7.ts';

/** What a site says to a question of ours, in whatever message it says it. */
export interface QuestionAnswer {
  /** Empty where it says nothing in words. */
  readonly text: string;
  readonly by: string;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An EIP holds the placer's and the filler's number, each an EI (2.A.28): the number is the first subcomponent. */
const parentsIn = (of: Segment | undefined, field: number): readonly string[] =>
  repetitionsAt(of, field).flatMap((eip) => [componentAt(eip, 1) ?? [], componentAt(eip, 2) ?? []].flat());

/**
 * Numbers of questions that the message may answer: the parent document of a document (TXA-13), the parent of an order or result (ORC-8, OBR-29). The numbers
 * of our questions are UUIDs; what is none is the site's own.
 */
export function questionsNamedIn(message: Hl7Message): readonly string[] {
  const [txa, orc, obr] = ['TXA', 'ORC', 'OBR'].map((name) => firstSegment(message, name));
  const named = [valueAt(txa, 13) ?? [], parentsIn(orc, 8), parentsIn(obr, 29)].flat();
  return [...new Set(named.filter((number) => UUID.test(number)).map((number) => number.toLowerCase()))];
}

const WORDS = new Set(['TX', 'FT', 'ST', 'CE', 'CWE', 'NM', 'DT', 'TM', 'TS', 'DTM']);

/** Values of OBX as they are written, coded ones by their words, then remarks. TXA-19 says that a document is not available: then nobody answers. */
export function answerInWords(message: Hl7Message): QuestionAnswer {
  const txa = firstSegment(message, 'TXA');
  const values = segmentsOf(message, 'OBX').flatMap((obx) => {
    const type = valueAt(obx, 2) ?? 'TX';
    if (!WORDS.has(type)) return [];
    const isCoded = type === 'CE' || type === 'CWE';
    return repetitionsAt(obx, 5).flatMap((each) => componentAt(each, isCoded ? 2 : 1) ?? componentAt(each, 1) ?? []);
  });
  const remarks = segmentsOf(message, 'NTE').flatMap((nte) =>
    repetitionsAt(nte, 3).flatMap((each) => componentAt(each, 1) ?? []),
  );
  const text = [...values, ...remarks].join('\n').trim();
  const isRefused = ['CA', 'OB', 'UN'].includes(valueAt(txa, 19) ?? '');
  return {
    text: isRefused ? `not answered by the site${text === '' ? '' : `: ${text}`}` : text,
    by: authorOf(message) ?? valueAt(firstSegment(message, 'MSH'), 4) ?? 'the site',
  };
}

/** Who wrote the document, or answers for the result. */
function authorOf(message: Hl7Message): string | undefined {
  const [txa, obx] = [firstSegment(message, 'TXA'), firstSegment(message, 'OBX')];
  const author =
    providerFromXcn(repetitionsAt(txa, 9)[0]) ??
    providerFromXcn(repetitionsAt(txa, 5)[0]) ??
    providerFromXcn(repetitionsAt(obx, 16)[0]);
  if (author === undefined) return undefined;
  const [family = '', given = ''] = author.name.split('^');
  return [given, family].filter((part) => part !== '').join(' ');
}
