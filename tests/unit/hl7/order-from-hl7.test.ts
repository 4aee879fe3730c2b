import { describe, expect, it } from 'vitest';

import type { SiteId } from '#shared/domain/identifiers.ts';
import type { IncomingOrder } from '#shared/domain/order.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { decodeHl7 } from '#shared/hl7/charset.ts';
import { parseHl7, type Hl7Message } from '#shared/hl7/message.ts';
import { orderFromHl7, ordersFromHl7 } from '#shared/hl7/order-from-hl7.ts';
import { resultFromHl7 } from '#shared/hl7/result-from-hl7.ts';
import { decodeText } from '#tests/support/decode-text.ts';
import { hasHl7Testdata, hl7Skip, hl7Testdata, hl7TestdataNames } from '#tests/support/hl7-testdata.ts';

const mercy = 'mercy' as SiteId;
const receivedAt = Date.UTC(2026, 10, 21, 22) as EpochMs;

function read(text: string): Hl7Message {
  const parsed = parseHl7(text);
  if (!parsed.ok) throw new Error(parsed.error.reason);
  return parsed.value;
}
function orderOf(message: Hl7Message): IncomingOrder {
  const order = orderFromHl7(message, mercy, receivedAt);
  if (!order.ok) throw new Error(order.error.reason);
  return order.value;
}
const fromFile = (name: string) => read(decodeHl7(hl7Testdata(name), decodeText));

const HEAD = 'MSH|^~\\&|RIS|MERCY|OVERREAD|GROUP|20261121213000+0000||ORM^O01|M-1|P|2.5.1\r';
const stroke = read(
  `${HEAD}PID|1||4711^^^MERCY^MR||Doe^Jane^Q^^Dr.||19541102|F\rPV1|1|E|ED^12^A\r` +
    'AL1|1|DA|^Penicillin|SV|anaphylaxis\rAL1|2|DA|^Iodinated contrast|MO|Hives in 2018.\rDG1|1||I63.9^Cerebral infarction^I10\r' +
    'ORC|NW|P-9|A-100||||^^^^^S||20261121212500+0000|||77^House^Gregory^^^Dr.\r' +
    'OBR|1|P-9|A-100|70450^CT HEAD WITHOUT CONTRAST^C4|||||||||CODE STROKE, last known well 20:40|||77^House^Gregory|||||||||||||||Left arm weakness\r' +
    'NTE|1|L|Patient moved; first run repeated\r' +
    'OBX|1|NM|2160-0^Creatinine^LN||1.9|mg/dL|0.6-1.2|H|||F|||20261121200000+0000\rNTE|1||hemolysed\r' +
    'OBX|2|ST|82810-3^Pregnancy status^LN||not pregnant||||||F\r' +
    'ZDS|1.2.826.0.1.3680043.8.498.1^^Application^DICOM\r',
);

describe('an imaging order', () => {
  it('becomes who, what, why and how soon', () => {
    expect(orderOf(stroke)).toMatchObject({
      siteId: 'mercy',
      channel: 'hl7',
      control: 'new',
      accessionNumber: 'A-100',
      placerOrderNumber: 'P-9',
      studyInstanceUid: '1.2.826.0.1.3680043.8.498.1',
      patient: { mrn: '4711', name: 'Doe^Jane^Q^Dr.', sex: 'F', birthDate: '1954-11-02' },
      exam: { text: 'CT HEAD WITHOUT CONTRAST', code: '70450', modality: 'CT', bodyPart: 'HEAD', contrast: false },
      priority: 'stroke',
      patientClass: 'emergency',
      location: 'ED 12 A',
      orderedBy: { id: '77', name: 'House^Gregory' },
      orderedAt: Date.UTC(2026, 10, 21, 21, 25),
      reason: 'Left arm weakness',
    });
  });

  it('brings every clinical fact with it', () => {
    const facts = orderOf(stroke).notes.map(({ kind, label, text, abnormal }) => [
      kind,
      label,
      text,
      abnormal ?? false,
    ]);
    expect(facts).toEqual([
      ['allergy', 'Penicillin', 'anaphylaxis, severe', true],
      ['contrast-reaction', 'Iodinated contrast', 'Hives in 2018. Moderate.', false],
      ['history', 'Diagnosis', 'Cerebral infarction', false],
      ['reason', 'Reason for exam', 'Left arm weakness', false],
      ['history', 'Relevant clinical information', 'CODE STROKE, last known well 20:40', false],
      ['technologist-note', 'Technologist', 'Patient moved; first run repeated', false],
      ['lab', 'Creatinine', '1.9 mg/dL (0.6-1.2)\nhemolysed', true],
      ['pregnancy', 'Pregnancy status', 'not pregnant', false],
    ]);
  });

  it.each([
    ['NW', '', 'new'],
    ['XO', '', 'change'],
    ['SC', 'SC', 'change'],
    ['SC', 'CA', 'cancel'],
    ['CA', '', 'cancel'],
    ['DC', '', 'cancel'],
  ])('with order control %s and status %j is %s', (control, status, expected) => {
    const text = `${HEAD}PID|||1\rORC|${control}|P|A||${status}\rOBR|1|P|A|^CT HEAD\r`;
    expect(orderOf(read(text)).control).toBe(expected);
  });

  it.each([
    ['|S', 'O', 'stat'],
    ['|A', 'I', 'asap'],
    ['|R', 'E', 'routine'],
    ['|', 'E', 'asap'],
    ['|', 'I', 'routine'],
    ['|STROKE', 'E', 'stroke'],
    ['|||||||||r/o stroke', 'O', 'routine'],
    ['|S||||||||TRAUMA ACTIVATION level 1', 'E', 'trauma'],
  ])('with OBR-5 %j for class %s is %s', (tail, patientClass, expected) => {
    const text = `${HEAD}PID|||1\rPV1||${patientClass}\rORC|NW|P|A\rOBR|1|P|A|^CT HEAD${tail}\r`;
    expect(orderOf(read(text)).priority).toBe(expected);
  });

  it('takes the priority from TQ1-9 before older fields', () => {
    const text = `${HEAD}PID|||1\rORC|NW|P|A|||^^^^^R\rTQ1|1||||||||S\rOBR|1|P|A|^CT HEAD\r`;
    expect(orderOf(read(text)).priority).toBe('stat');
  });

  it('is never newer than its arrival', () => {
    const text = HEAD.replace('20261121213000', '20301121213000') + 'PID|||1\rORC|NW|P|A\rOBR|1|P|A|^CT\r';
    expect(orderOf(read(text)).orderedAt).toBe(receivedAt);
  });

  it.each([
    ['ADT^A08', 'PID|||1\r', 'not-an-order'],
    ['ORM^O01', 'PID|1\rORC|NW|P|A\rOBR|1|P|A|^CT\r', 'no-patient'],
    ['ORM^O01', 'PID|||1\rORC|NW\rOBR|1|||^CT\r', 'no-order-number'],
    ['ORM^O01', 'PID|||1\rORC|NW|P|A\r', 'no-exam'],
    ['ORM^O01', 'PID|||1\r', 'no-exam'],
    ['ORM^O01', 'PID|||1\rORC|HD|P|A\rOBR|1|P|A|^CT\r', 'unknown-order-control'],
  ])('as %s with %j is refused: %s', (type, body, code) => {
    expect(orderFromHl7(read(HEAD.replace('ORM^O01', type) + body), mercy, receivedAt)).toMatchObject({
      ok: false,
      error: { code },
    });
  });

  it('keeps ideographic and phonetic names as groups of one PN', () => {
    const names = 'Yamada^Tarou^^^^^L^A~山田^太郎^^^^^L^I~やまだ^たろう^^^^^L^P';
    expect(orderOf(read(`${HEAD}PID|||1||${names}\rORC|NW|P|A\rOBR|1|P|A|^CT\r`)).patient.name).toBe(
      'Yamada^Tarou=山田^太郎=やまだ^たろう',
    );
  });
});

describe.skipIf(!hasHl7Testdata)(`real messages${hl7Skip}`, () => {
  it('each yield facts or a stated reason', () => {
    const names = hl7TestdataNames();
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) {
      const text = decodeHl7(hl7Testdata(name), decodeText);
      for (const part of text.split(/(?=^\uFEFF?MSH\|)/m)) {
        const parsed = parseHl7(part);
        if (!parsed.ok) expect(parsed.error.reason, name).not.toBe('');
        else {
          const orders = ordersFromHl7(parsed.value, mercy, receivedAt);
          if (!orders.ok) expect(orders.error.reason, name).not.toBe('');
          const result = resultFromHl7(parsed.value);
          if (!result.ok) expect(result.error.reason, name).not.toBe('');
        }
      }
    }
  });

  it('OMI^O23 gives accession, study and modality from IPC, in spite of a wrongly declared character set', () => {
    const order = orderOf(fromFile('omi-o23-imaging-order.hl7'));
    expect(order).toMatchObject({
      accessionNumber: 'AccessionNumber',
      studyInstanceUid: '1.2.392.200036.9125.0.198811291108.7',
      patient: { mrn: 'PID_1', name: 'Smith^Lucy^Mark', sex: 'F', birthDate: '2014-10-14' },
      exam: { modality: 'CT', code: '10637-7' },
      patientClass: 'emergency',
      orderedBy: { name: 'RequestingPhysicianFN^RequestingPhysicianGN^RequestingPhysicianMN^DR' },
    });
    expect(order.reason).toContain('from 12 –35.');
  });

  it('ORM^O01 2.4 gives the filler number where no accession number is sent', () => {
    expect(orderOf(fromFile('orm-o01-chest-xray.hl7'))).toMatchObject({
      accessionNumber: 'ACC001',
      placerOrderNumber: 'ORD001',
      patient: { mrn: '12345', name: 'DOE^JOHN^WILLIAM', sex: 'M', birthDate: '1980-05-15' },
      exam: { text: 'CHEST XRAY', bodyPart: 'CHEST', modality: 'DX' },
      patientClass: 'inpatient',
      location: 'WARD 101 A',
      priority: 'routine',
    });
  });

  it('ORM^O01 2.6 with two orders gives both, each with its own exam', () => {
    const orders = ordersFromHl7(fromFile('orm-o01-03-fhirconverter.hl7'), mercy, receivedAt);
    if (!orders.ok) throw new Error(orders.error.reason);
    expect(orders.value.map(({ accessionNumber, exam }) => [accessionNumber, exam.modality, exam.text])).toEqual([
      ['1201', 'CT', 'CT Head'],
      ['2301', 'MR', 'MR Brain'],
    ]);
    expect(orders.value[1]?.patient.name).toBe('EVERYMAN^ADAM^A^Dr.^III');
  });

  it('allergy, diagnosis and observation of a 2.6 order stand in the notes', () => {
    const { notes } = orderOf(fromFile('orm-o01-ct-head-fhirconverter.hl7'));
    expect(notes).toContainEqual(
      expect.objectContaining({ kind: 'allergy', label: 'PENICILLIN', text: 'CODE16, mild' }),
    );
    expect(notes).toContainEqual(expect.objectContaining({ kind: 'history', text: 'TBI(traumatic brain injury' }));
  });

  it('a name marked as not to be used is not used', () => {
    expect(orderOf(fromFile('omi-o23-pet-v25.hl7')).patient.name).toBe('Smith^John');
    expect(orderOf(fromFile('omi-o23-pet-v25.hl7')).studyInstanceUid).toBeUndefined();
  });

  it('a report of another system becomes a prior report', () => {
    const result = resultFromHl7(fromFile('oru-r01-chest-xray.hl7'));
    if (!result.ok) throw new Error(result.error.reason);
    expect(result.value).toMatchObject({
      kind: 'prior-report',
      accessionNumber: 'ACC001',
      facts: [{ kind: 'prior-report', label: 'CHEST XRAY', text: 'IMPRESSION: No acute cardiopulmonary disease.' }],
    });
  });

  it('an attached PDF is kept with its report', () => {
    const result = resultFromHl7(fromFile('oru-r01-embedded-pdf.hl7'));
    if (!result.ok) throw new Error(result.error.reason);
    expect(result.value.pdf?.startsWith('JVBERi0xLjM')).toBe(true);
    expect(result.value.studyInstanceUid).toBe('1.2.392.200036.9125.0.198811291108.7');
  });
});

describe('character sets', () => {
  const bytesOf = (text: string, set: string, name: readonly number[]) => {
    const [before, after] = text.replace('SET', set).split('NAME');
    return new Uint8Array([...new TextEncoder().encode(before), ...name, ...new TextEncoder().encode(after)]);
  };
  const message = 'MSH|^~\\&|A|B|||||ADT^A08|1|P|2.5||||||SET\rPID|||1||NAME^X\r';

  it.each([
    ['8859/1', [0x4d, 0xfc, 0x6c], 'Mül'],
    ['8859/1', [0x4d, 0xc3, 0xbc, 0x6c], 'Mül'],
    ['UNICODE UTF-8', [0x4d, 0xc3, 0xbc, 0x6c], 'Mül'],
    ['', [0x4d, 0xfc, 0x6c], 'Mül'],
    ['GB18030', [0xcd, 0xf5], '王'],
    ['GB 18030-2000', [0xcd, 0xf5], '王'],
    ['8859/5', [0xb8, 0xd2], 'Ив'],
    ['NOT A SET', [0x4d, 0xfc], 'Mü'],
  ])('%j is read as declared, or as what it evidently is', (set, name, expected) => {
    expect(decodeHl7(bytesOf(message, set, name), decodeText)).toContain(`|${expected}^X`);
  });
});
