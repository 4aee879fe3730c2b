import type { IdentityFact, Person } from '#shared/domain/identity.ts';
import type { NoteFact, NoteKind } from '#shared/domain/notes.ts';
import type { Exam } from '#shared/domain/order.ts';
import type { Prior } from '#shared/domain/reading-task.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

export const TOLD_AT = Date.UTC(2026, 10, 21, 22) as EpochMs;
const hoursAgo = (hours: number): EpochMs => (TOLD_AT - hours * 3_600_000) as EpochMs;

/** One made-up case with what was planted in it; whatever is not named here must not be said of it. */
export interface ContextCase {
  readonly title: string;
  readonly order: Person;
  readonly images?: Person;
  readonly notes?: Person;
  readonly exam: Exam;
  readonly reason?: string;
  readonly facts: readonly NoteFact[];
  readonly priors?: readonly Prior[];
  readonly planted: {
    readonly identity?: readonly IdentityFact[];
    readonly contradictions?: readonly string[];
    /** Titles under which nobody told anything, though this exam needs it. */
    readonly missing?: readonly string[];
    readonly priors?: readonly string[];
    readonly grade: 'A' | 'B' | 'C' | 'D';
  };
}

const woman: Person = { name: 'Berg^Ida', birthDate: '1950-06-01', sex: 'F', mrn: '100' };
const young: Person = { name: 'Kaya^Elif', birthDate: '1996-02-10', sex: 'F', mrn: '101' };
const man: Person = { name: 'Nilsen^Per', birthDate: '1961-09-30', sex: 'M', mrn: '102' };
const child: Person = { name: 'Ruiz^Leo', birthDate: '2019-05-05', sex: 'M', mrn: '103' };

const fact = (kind: NoteKind, label: string, text: string, more: Partial<NoteFact> = {}): NoteFact => ({
  kind,
  label,
  text,
  source: 'HL7 order',
  ...more,
});
const ehr = { source: 'Site FHIR' };

const CT_HEAD: Exam = { text: 'CT HEAD WITHOUT CONTRAST', modality: 'CT', bodyPart: 'HEAD', contrast: false };
const CT_ABDOMEN: Exam = {
  text: 'CT ABDOMEN PELVIS WITH CONTRAST',
  modality: 'CT',
  bodyPart: 'ABDOMEN',
  contrast: true,
};
const MR_BRAIN: Exam = { text: 'MR BRAIN WITHOUT CONTRAST', modality: 'MR', bodyPart: 'BRAIN', contrast: false };
const KNEE: Exam = { text: 'XR KNEE LEFT', modality: 'DX', bodyPart: 'KNEE', laterality: 'left' };

const GOOD_REASON = 'Sudden left weakness for 2 hours, suspected stroke?';
const BELLY_REASON = 'RLQ pain and fever for 2 days, appendicitis?';
const kidneys = fact('lab', 'eGFR', '88 mL/min', { at: hoursAgo(5) });
const noAllergy = fact('allergy', 'No known allergies', '');
const noReaction = fact('contrast-reaction', 'Iohexol', 'no reaction in 2024');
const ready = [kidneys, noAllergy, noReaction];

const head = (title: string, planted: ContextCase['planted'], change: Partial<ContextCase> = {}): ContextCase => ({
  title,
  order: woman,
  exam: CT_HEAD,
  reason: GOOD_REASON,
  facts: [],
  planted,
  ...change,
});
const belly = (title: string, planted: ContextCase['planted'], change: Partial<ContextCase> = {}): ContextCase => ({
  title,
  order: woman,
  exam: CT_ABDOMEN,
  reason: BELLY_REASON,
  facts: ready,
  planted,
  ...change,
});

/** Nothing of these people exists. Each case plants what it names and nothing else. */
export const CONTEXT_CASES: readonly ContextCase[] = [
  head('all agree', { grade: 'A' }, { images: { ...woman, name: 'BERG^IDA' }, notes: woman }),
  head(
    'images of another woman',
    { identity: ['name', 'birth-date'], grade: 'A' },
    {
      images: { ...woman, name: 'BERG^INGRID', birthDate: '1948-01-01' },
    },
  ),
  head(
    'one digit of the birth date mistyped',
    { identity: ['birth-date'], grade: 'A' },
    {
      images: { ...woman, birthDate: '1950-06-07' },
    },
  ),
  head('images say male', { identity: ['sex'], grade: 'A' }, { images: { ...woman, sex: 'M' } }),
  head('images say sex other', { grade: 'A' }, { images: { ...woman, sex: 'O' } }),
  head(
    'another number by the same issuer',
    { identity: ['patient-id'], grade: 'A' },
    {
      order: { ...woman, issuer: 'MERCY' },
      images: { ...woman, mrn: '999', issuer: 'MERCY' },
    },
  ),
  head(
    'a number of another issuer',
    { grade: 'A' },
    {
      order: { ...woman, issuer: 'MERCY' },
      images: { ...woman, mrn: '999', issuer: 'HARBOR' },
    },
  ),
  head(
    'notes of somebody else',
    { identity: ['name', 'birth-date', 'sex'], grade: 'A' },
    {
      images: woman,
      notes: { ...man, mrn: woman.mrn },
    },
  ),
  head(
    'the order knows no birth date, images and notes know two',
    { identity: ['birth-date'], missing: ['Pregnancy'], grade: 'A' },
    {
      order: { name: woman.name, sex: 'F', mrn: '100' },
      images: woman,
      notes: { ...woman, birthDate: '1970-01-01' },
    },
  ),
  head(
    'a maiden name that the order knows',
    { grade: 'A' },
    {
      order: { ...woman, otherNames: ['Dahl^Ida'] },
      images: { ...woman, name: 'DAHL^IDA' },
    },
  ),
  head(
    'family and given name transposed by the scanner',
    { grade: 'A' },
    {
      images: { ...woman, name: 'IDA^BERG' },
    },
  ),
  head('no reason and nothing else', { grade: 'D' }, { reason: '' }),
  head('a reason of one word', { grade: 'C' }, { reason: 'Headache' }),
  head('a question without findings', { grade: 'B' }, { reason: 'rule out stroke' }),
  head(
    'another age and sex in the words of the order',
    { contradictions: ['Patient'], grade: 'A' },
    {
      reason: '45 yo male with sudden weakness, stroke?',
    },
  ),
  head(
    'a prior that is only spoken of',
    { priors: ['3/2024'], grade: 'A' },
    {
      reason: 'Known mass, headache. Compare with CT 3/2024?',
    },
  ),
  head(
    'a prior that is spoken of and here',
    { grade: 'A' },
    {
      reason: 'Known mass, headache. Compare with CT 3/2024?',
      priors: [{ description: 'CT HEAD', date: '2024-03-02', hasReport: true }],
    },
  ),
  belly('all that contrast needs is known', { grade: 'A' }),
  belly(
    'kidney function is not known',
    { missing: ['Kidney function'], grade: 'A' },
    { facts: [noAllergy, noReaction] },
  ),
  belly(
    'nothing that contrast needs is known',
    {
      missing: ['Contrast reaction', 'Allergies', 'Kidney function'],
      grade: 'A',
    },
    { facts: [] },
  ),
  belly(
    'no allergy in the order, one in the record',
    { contradictions: ['Allergies'], grade: 'A' },
    {
      facts: [...ready, fact('allergy', 'Penicillin', 'anaphylaxis', ehr)],
    },
  ),
  belly(
    'two kidney values of one hour',
    { contradictions: ['eGFR'], grade: 'A' },
    {
      facts: [...ready, fact('lab', 'eGFR', '31 mL/min', { ...ehr, at: hoursAgo(5) })],
    },
  ),
  belly(
    'kidney function rising over a month',
    { grade: 'A' },
    {
      facts: [...ready, fact('lab', 'eGFR', '31 mL/min', { ...ehr, at: hoursAgo(720) })],
    },
  ),
  belly(
    'contrast refused',
    { contradictions: ['Contrast'], grade: 'A' },
    {
      facts: [...ready, fact('technologist-note', 'Technologist', 'Scanned without contrast, patient refused')],
    },
  ),
  head(
    'contrast given where none was ordered',
    { contradictions: ['Contrast'], grade: 'A' },
    {
      facts: [fact('other', 'Contrast agent', 'Iohexol 350', { source: 'DICOM header' })],
    },
  ),
  belly('a young woman, nothing of pregnancy', { missing: ['Pregnancy'], grade: 'A' }, { order: young }),
  belly(
    'pregnant by the record, not by the order',
    { contradictions: ['Pregnancy'], grade: 'A' },
    {
      order: young,
      facts: [
        ...ready,
        fact('pregnancy', 'Pregnancy', 'denied by patient'),
        fact('pregnancy', 'hCG', 'positive', { ...ehr, at: hoursAgo(2) }),
      ],
    },
  ),
  head(
    'a pregnant man',
    { contradictions: ['Pregnancy'], grade: 'A' },
    {
      order: man,
      facts: [fact('pregnancy', 'Pregnancy', '12 weeks pregnant', ehr)],
    },
  ),
  head('MR, implants not asked', { missing: ['Implants'], grade: 'A' }, { exam: MR_BRAIN }),
  head(
    'MR, no implant and a pacemaker',
    { contradictions: ['Implants'], grade: 'A' },
    {
      exam: MR_BRAIN,
      facts: [fact('implant', 'Implants', 'none'), fact('history', 'History', 'Pacemaker 2019, hypertension', ehr)],
    },
  ),
  head(
    'a side in the order and the other in its reason',
    { contradictions: ['Side'], grade: 'A' },
    {
      exam: KNEE,
      order: man,
      reason: 'Right knee pain after fall, fracture?',
    },
  ),
  head(
    'a child of unknown weight',
    { missing: ['Weight'], grade: 'A' },
    {
      exam: { text: 'CT HEAD WITHOUT CONTRAST', modality: 'CT', bodyPart: 'HEAD', contrast: false },
      order: child,
      reason: 'Fell from a table, vomiting, fracture?',
    },
  ),
  head(
    'mammography, family not asked',
    { missing: ['Family history'], grade: 'A' },
    {
      exam: { text: 'MG SCREENING BILATERAL', modality: 'MG', bodyPart: 'BREAST' },
      reason: 'Palpable lump for 3 weeks, cancer?',
    },
  ),
  head(
    'anticoagulated by the list, not by the patient',
    { contradictions: ['Anticoagulation'], grade: 'A' },
    {
      facts: [
        fact('history', 'History', 'Not on anticoagulants'),
        fact('medication', 'Apixaban', '5 mg twice daily', ehr),
      ],
    },
  ),
];
