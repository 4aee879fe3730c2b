import { readDocument } from '../documents/read-document.ts';
import { contrastAllergy, isNoAllergy, observationKind } from '../domain/note-kinds.ts';
import { NOTE_KINDS, type NoteFact, type NoteKind } from '../domain/notes.ts';
import { componentAt, repetitionsAt, valueAt, type Repetition, type Segment } from './message.ts';
import { parseTimestamp } from './timestamp.ts';

const SOURCE = 'HL7 order';

const note = (kind: NoteKind, label: string, text: string, more: Partial<NoteFact> = {}): NoteFact => ({
  kind,
  label,
  text,
  source: SOURCE,
  ...more,
});

/** CE/CWE in words: text, else alternate text, else original text, else code. */
export const wordsOf = (ce: Repetition | undefined): string | undefined =>
  componentAt(ce, 2) ?? componentAt(ce, 5) ?? componentAt(ce, 9) ?? componentAt(ce, 1);

const dated = (text: string | undefined): Partial<NoteFact> => {
  const at = parseTimestamp(text);
  return at === undefined ? {} : { at };
};

const coded = (ce: Repetition | undefined): Partial<NoteFact> => {
  const code = componentAt(ce, 1);
  return code === undefined ? {} : { code };
};

const SEVERITIES: Readonly<Record<string, string>> = { SV: 'severe', MO: 'moderate', MI: 'mild' };

/** AL1 (3.4.6). A reaction to contrast medium is its own kind: it changes the protocol, not the prescription. */
function fromAllergy(al1: Segment): NoteFact | undefined {
  const allergen = repetitionsAt(al1, 3)[0];
  const label = wordsOf(allergen);
  if (label === undefined) return undefined;
  const reactions = repetitionsAt(al1, 5)
    .map(wordsOf)
    .filter((word) => word !== undefined);
  const severity = valueAt(al1, 4);
  const reaction = reactions.join(', ');
  const degree = severity === undefined ? '' : (SEVERITIES[severity] ?? severity);
  const isSentence = reaction.endsWith('.') && degree !== '';
  const text = isSentence
    ? `${reaction} ${degree.charAt(0).toUpperCase()}${degree.slice(1)}.`
    : [reaction, degree].filter((words) => words !== '').join(', ');
  return note(
    contrastAllergy(label) ? 'contrast-reaction' : 'allergy',
    label,
    text === '' && !isNoAllergy(label) ? 'reaction not stated' : text,
    {
      ...coded(allergen),
      ...(severity === 'SV' ? { abnormal: true } : {}),
      ...dated(valueAt(al1, 6)),
    },
  );
}

function fromDiagnosis(dg1: Segment): NoteFact | undefined {
  const diagnosis = repetitionsAt(dg1, 3)[0];
  const text = wordsOf(diagnosis) ?? valueAt(dg1, 4);
  if (text === undefined) return undefined;
  return note('history', 'Diagnosis', text, { ...coded(diagnosis), ...dated(valueAt(dg1, 5)) });
}

/** ED (2.A.24) as base64 in a format with text, in words. Undefined for pictures, pointers and what is no base64. */
export function attachedText(obx: Segment): string | undefined {
  const data = valueAt(obx, 5, { component: 5 });
  if (valueAt(obx, 2) !== 'ED' || data === undefined || !/^base64$/i.test(valueAt(obx, 5, { component: 4 }) ?? ''))
    return undefined;
  const type = [2, 3].map((component) => valueAt(obx, 5, { component })).filter((part) => part !== undefined);
  const content = readDocument(type.join('/').toLowerCase(), data);
  return content.kind === 'text' ? content.text : undefined;
}

/** OBX-5 in words, by OBX-2. Attachments without text are named, not shown. */
export function observationText(obx: Segment): string {
  const type = valueAt(obx, 2);
  if (type === 'ED' || type === 'RP')
    return attachedText(obx) ?? `attached: ${valueAt(obx, 5, { component: 3 }) ?? 'document'}`;
  const words = repetitionsAt(obx, 5).map((value) => {
    if (type === 'CE' || type === 'CWE' || type === 'CNE') return wordsOf(value) ?? '';
    if (type === 'SN')
      return value
        .map((part) => part.join(''))
        .join(' ')
        .trim();
    return value
      .map((part) => part.join('&'))
      .join('^')
      .trim();
  });
  const text = words.filter((word) => word !== '').join(type === 'TX' || type === 'FT' ? '\n' : ', ');
  const units = componentAt(repetitionsAt(obx, 6)[0], 1);
  const range = valueAt(obx, 7);
  return [text, units, range === undefined ? undefined : `(${range})`]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}

/** OBX-8: anything but normal. */
const isAbnormal = (obx: Segment): boolean =>
  repetitionsAt(obx, 8).some((flag) => !['', 'N', 'NEG', 'ND', 'WR'].includes(componentAt(flag, 1) ?? ''));

/** A local code (system `L`) that is one of our words for kinds says where the fact belongs; it may stand beside a LOINC code. */
function localKind(what: Repetition | undefined): NoteKind | undefined {
  const local = [1, 4].find((component) => componentAt(what, component + 2) === 'L');
  const code = local === undefined ? undefined : componentAt(what, local);
  return NOTE_KINDS.find((kind) => kind === code);
}

export function factFromObservation(obx: Segment): NoteFact | undefined {
  const what = repetitionsAt(obx, 3)[0];
  const label = wordsOf(what);
  const text = observationText(obx);
  const isWithdrawn = ['X', 'D', 'W'].includes(valueAt(obx, 11) ?? '');
  if (label === undefined || text === '' || isWithdrawn) return undefined;
  const isMeasured = ['NM', 'SN'].includes(valueAt(obx, 2) ?? '') || valueAt(obx, 6) !== undefined;
  const local = localKind(what);
  const code = local !== undefined && local === componentAt(what, 1) ? {} : coded(what);
  return note(local ?? observationKind(label, componentAt(what, 1), isMeasured), label, text, {
    ...code,
    ...(isAbnormal(obx) ? { abnormal: true } : {}),
    ...dated(valueAt(obx, 14)),
  });
}

const TECHNOLOGIST = /^\s*tech(nologist)?('s)?( note)?\s*:\s*/i;

/** NTE-2 (table 0105): L is the department that does the exam, P the orderer. NTE-4 may say more. */
function fromComment(nte: Segment, isAboutPatient: boolean): NoteFact | undefined {
  const text = repetitionsAt(nte, 3)
    .map((each) =>
      each
        .map((part) => part.join('&'))
        .join('^')
        .trim(),
    )
    .filter((part) => part !== '' && part !== '""')
    .join('\n');
  if (text === '') return undefined;
  const type = `${valueAt(nte, 4) ?? ''} ${valueAt(nte, 4, { component: 2 }) ?? ''}`;
  if (/tech/i.test(type) || TECHNOLOGIST.test(text) || (valueAt(nte, 2) === 'L' && !isAboutPatient))
    return note('technologist-note', 'Technologist', text.replace(TECHNOLOGIST, ''));
  if (/protocol/i.test(type)) return note('protocol', 'Protocol', text);
  if (/hist/i.test(type)) return note('history', 'History', text);
  return isAboutPatient ? note('other', 'Patient comment', text) : note('other', 'Order comment', text);
}

function fromOrder(obr: Segment): NoteFact[] {
  const facts: NoteFact[] = [];
  const reasons = repetitionsAt(obr, 31);
  for (const reason of reasons) {
    const text = wordsOf(reason);
    if (text !== undefined)
      facts.push(note('reason', 'Reason for exam', text, text === componentAt(reason, 1) ? {} : coded(reason)));
  }
  const relevant = valueAt(obr, 13);
  if (relevant !== undefined) facts.push(note('history', 'Relevant clinical information', relevant));
  const danger = wordsOf(repetitionsAt(obr, 12)[0]);
  if (danger !== undefined) facts.push(note('other', 'Danger', danger));
  return facts;
}

/** GSC (2.9.1): which sex to assume for reference ranges and settings; a reader must not learn it from the picture. */
function fromSexParameter(gsc: Segment): NoteFact | undefined {
  const text = [wordsOf(repetitionsAt(gsc, 4)[0]), valueAt(gsc, 8)].filter((part) => part !== undefined).join('; ');
  return text === '' ? undefined : note('other', 'Sex parameter for clinical use', text);
}

/** Every clinical fact in the segments of one order group, in the order sent. An NTE behind an OBX or AL1 belongs to that fact. */
export function notesFromSegments(segments: readonly Segment[]): NoteFact[] {
  const facts: NoteFact[] = [];
  let owner = '';
  for (const each of segments) {
    const fact = factFrom(each, owner);
    const last = facts[facts.length - 1];
    const belongs = each.name === 'NTE' && (owner === 'OBX' || owner === 'AL1') && last !== undefined;
    if (belongs && fact[0] !== undefined) facts[facts.length - 1] = { ...last, text: `${last.text}\n${fact[0].text}` };
    else facts.push(...fact);
    if (each.name !== 'NTE') owner = fact.length > 0 || !['OBX', 'AL1'].includes(each.name) ? each.name : '';
  }
  return facts;
}

function factFrom(each: Segment, owner: string): readonly NoteFact[] {
  const one = (fact: NoteFact | undefined) => (fact === undefined ? [] : [fact]);
  switch (each.name) {
    case 'AL1':
      return one(fromAllergy(each));
    case 'DG1':
      return one(fromDiagnosis(each));
    case 'OBX':
      return one(factFromObservation(each));
    case 'OBR':
      return fromOrder(each);
    case 'GSC':
      return one(fromSexParameter(each));
    case 'PV2': {
      const admitted = wordsOf(repetitionsAt(each, 3)[0]);
      return one(admitted === undefined ? undefined : note('history', 'Admit reason', admitted));
    }
    case 'NTE':
      return one(fromComment(each, owner === 'PID' || owner === 'PD1'));
    default:
      return [];
  }
}
