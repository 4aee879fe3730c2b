import { describe, expect, it } from 'vitest';

import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { studyNotes } from '#shared/dicom/study-notes.ts';

const has = (vr: string, ...Value: unknown[]) => ({ vr, Value });
const image = (more: DicomJson): DicomJson => ({
  '00080016': has('UI', '1.2.840.10008.5.1.4.1.1.2'),
  '0020000E': has('UI', '1.2.3'),
  '00280010': has('US', 512),
  ...more,
});
const code = (value: string, meaning: string) =>
  has('SQ', { '00080100': has('SH', value), '00080104': has('LO', meaning) });
const texts = (instances: readonly DicomJson[]) =>
  studyNotes(instances).map(({ kind, label, text }) => `${kind}: ${label} ${text}`);

describe('what a study tells of its exam', () => {
  it('names protocol, series and what the worklist asked for, each once', () => {
    const one = image({
      '00181030': has('LO', 'Head routine'),
      '0008103E': has('LO', 'AX 5mm'),
      '00321060': has('LO', 'CT HEAD WO'),
      '00400275': has('SQ', { '00400007': has('LO', 'CT head w/o contrast') }),
    });
    const other = { ...one, '0020000E': has('UI', '1.2.4'), '0008103E': has('LO', 'COR 3mm') };
    expect(texts([one, one, other])).toEqual([
      'protocol: Requested procedure CT HEAD WO',
      'protocol: Protocol Head routine',
      'protocol: Series AX 5mm, COR 3mm',
      'protocol: Scheduled step CT head w/o contrast',
    ]);
  });

  it('names contrast with amount, route and time, pregnancy, weight, and the technologist’s words', () => {
    const one = image({
      '00180010': has('LO', 'Omnipaque 350'),
      '00181041': has('DS', 80),
      '00181040': has('LO', 'IV'),
      '00181042': has('TM', '081530'),
      '001021C0': has('US', 2),
      '00101030': has('DS', 70.5),
      '00204000': has('LT', 'Patient moved'),
    });
    expect(texts([one])).toEqual([
      'pregnancy: Pregnancy status possibly pregnant',
      'other: Weight 70.5 kg',
      'other: Contrast agent Omnipaque 350, 80 mL, IV, at 08:15',
      'technologist-note: Image comments Patient moved',
    ]);
  });

  it('names dose: of images, of a dose report’s totals, and of a tracer', () => {
    const slices = [11.2, 14.257].map((dose) => image({ '00189345': has('FD', dose) }));
    const item = (concept: string, value: number, unit: string) => ({
      '0040A040': has('CS', 'NUM'),
      '0040A043': code(concept, ''),
      '0040A300': has('SQ', { '0040A30A': has('DS', value), '004008EA': code(unit, unit) }),
    });
    const report: DicomJson = { '0040A730': has('SQ', { '0040A730': has('SQ', item('113813', 812.345, 'mGy.cm')) }) };
    const pet = image({
      '00540016': has('SQ', { '00181074': has('DS', 366_600_000), '00180031': has('LO', 'FDG') }),
    });
    expect(texts([...slices, report, pet])).toEqual([
      'dose: Activity 366.6 MBq FDG',
      'dose: CTDIvol 14.26 mGy',
      'dose: Dose length product, total 812.35 mGy.cm',
    ]);
  });

  it('names letters inside the study and gives the prose of a structured report', () => {
    const pdf: DicomJson = {
      '00080016': has('UI', '1.2.840.10008.5.1.4.1.1.104.1'),
      '00080018': has('UI', '1.2.3.1'),
      '00420010': has('ST', 'Referral letter'),
      '00420012': has('LO', 'application/pdf'),
    };
    const scan = image({
      '00080016': has('UI', '1.2.840.10008.5.1.4.1.1.7'),
      '00080018': has('UI', '1.2.3.2'),
      '0008103E': has('LO', 'Scanned requisition'),
    });
    const sr: DicomJson = {
      '0040A043': code('18745-0', 'Cardiac Catheterization Report'),
      '0040A730': has('SQ', {
        '0040A040': has('CS', 'TEXT'),
        '0040A043': code('1', 'Finding'),
        '0040A160': has('UT', 'Stenosis'),
      }),
    };
    expect(texts([pdf, sr, scan])).toEqual([
      'protocol: Series Scanned requisition',
      'document: Cardiac Catheterization Report Finding: Stenosis',
      'document: Referral letter in the study: application/pdf',
      'document: Scanned requisition in the study: scanned page',
    ]);
    expect(studyNotes([pdf, sr, scan]).flatMap(({ picture }) => picture ?? [])).toEqual([
      { contentType: 'application/pdf', of: 'dicom/1.2.3.1' },
      { contentType: 'image/png', of: 'dicom/1.2.3.2' },
    ]);
    const cda = { ...pdf, '00080016': has('UI', '1.2.840.10008.5.1.4.1.1.104.2'), '00420012': has('LO', 'text/XML') };
    const mesh = { ...pdf, '00080016': has('UI', '1.2.840.10008.5.1.4.1.1.104.3'), '00420012': has('LO', 'model/stl') };
    expect([cda, mesh].map((each) => studyNotes([each])[0]?.picture?.contentType)).toEqual(['text/plain', undefined]);
    const pages = { ...scan, '00280008': has('IS', 3) };
    expect(texts([pages])).toContain('document: Scanned requisition in the study: 3 scanned pages');
  });

  it('tells nothing of a study that says nothing, and does not follow endless items', () => {
    expect(studyNotes([])).toEqual([]);
    let deep: Record<string, unknown> = { '0040A160': has('UT', 'x') };
    for (let level = 0; level < 3000; level += 1) deep = { '0040A730': has('SQ', deep) };
    expect(studyNotes([deep as DicomJson])).toEqual([]);
  });
});
