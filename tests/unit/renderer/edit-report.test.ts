import { describe, expect, it } from 'vitest';

import {
  addKeyImage,
  addReportMeasurement,
  fitWords,
  insertDictated,
  insertWords,
  noteKeyImage,
  removeReportMeasurement,
  toggleKeyImage,
  typeField,
  typeText,
} from '#renderer/report/edit-report.ts';
import { switchTemplate } from '#renderer/report/switch-template.ts';
import { startReport } from '#shared/reporting/report.ts';
import { TEMPLATES } from '#tests/support/fake-door/believable-data.ts';
import { NODULE_TEMPLATE, twoNodules } from '#tests/unit/reporting/nodule-report.ts';

const [head, plain] = TEMPLATES as [(typeof TEMPLATES)[number], (typeof TEMPLATES)[number]];

describe('switching the template', () => {
  it('replaces defaults that nobody touched', () => {
    const body = switchTemplate(plain)(startReport(head));
    expect(body.templateId).toBe('plain');
    expect(body.sections.map(({ text }) => text)).toEqual(['', '']);
  });

  it('keeps every typed word, at the section of the same role', () => {
    const typed = [typeText('findings', 'Dense MCA.'), typeText('impression', 'Stroke.')].reduce(
      (body, change) => change(body),
      startReport(head),
    );
    const body = switchTemplate(plain)(typed);
    expect(body.sections.map(({ text }) => text)).toEqual(['Dense MCA.', 'Stroke.']);
  });

  it('turns a typed field into a line where the new template has no such field', () => {
    const body = switchTemplate(plain)(typeField('findings', 'shift', '4')(startReport(head)));
    expect(body.sections[0]?.text).toBe('Midline shift: 4 mm');
  });

  it('keeps text whose section the new template lacks, with the findings', () => {
    const body = switchTemplate(plain)(typeText('technique', 'Thin slices.')(startReport(head)));
    expect(body.sections[0]?.text).toBe('Thin slices.');
  });

  it('keeps the entries of a group that the new template asks for too, and says all else in a line', () => {
    const [, findings] = NODULE_TEMPLATE.sections;
    const group = findings?.groups?.[0];
    if (findings === undefined || group === undefined) throw new Error('no group');
    const lesions = { ...group, id: 'n', fields: group.fields.filter(({ id }) => id !== 'side') };
    const other = { ...NODULE_TEMPLATE, id: 'other', sections: [{ ...findings, id: 'f', groups: [lesions] }] };
    const kept = switchTemplate(other)(twoNodules);
    expect(kept.sections[0]?.fields.map(({ id, value }) => [id, value])).toEqual([
      ['n-1-size', '12'],
      ['n-1-type', 'solid'],
      ['n-1-since', '2023-11'],
      ['n-2-size', '4'],
      ['n-2-type', 'part-solid'],
      ['n-2-since', ''],
    ]);
    expect(kept.sections[0]?.text.split('\n').slice(0, 3)).toEqual([
      'No effusion.',
      'Nodule 1: Side left',
      'Nodule 2: Side right',
    ]);
    expect(switchTemplate(plain)(twoNodules).sections[0]?.text.split('\n').slice(0, 3)).toEqual([
      'No effusion.',
      'Nodule 1: Size 12 mm, Side left, Known since 2023-11',
      'Nodule 2: Size 4 mm, Side right, Type part-solid',
    ]);
  });

  it('brings typed text and fields back again', () => {
    const typed = typeField('findings', 'hemorrhage', 'subdural')(startReport(head));
    const body = switchTemplate(head)(typed);
    expect(body.sections.find(({ id }) => id === 'findings')?.fields[0]).toMatchObject({
      value: 'subdural',
      source: 'typed',
    });
  });
});

describe('marking a key image', () => {
  const image = {
    studyInstanceUid: '1.2',
    seriesInstanceUid: '1.2.3',
    sopInstanceUid: '1.2.3.4',
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    label: 'Series 2, image 7',
  };
  const frame = { ...image, frame: 2, label: 'Series 2, image 7, frame 2' };

  it('puts it into the report, and takes it out the second time', () => {
    const marked = [toggleKeyImage(image), toggleKeyImage(frame)].reduce((body, mark) => mark(body), startReport(head));
    expect(marked.keyImages).toEqual([image, frame]);
    expect(toggleKeyImage(image)(marked).keyImages).toEqual([frame]);
    expect(toggleKeyImage(frame)(toggleKeyImage(image)(marked))).toEqual(startReport(head));
  });

  it('keeps the marks under another template', () => {
    expect(switchTemplate(plain)(toggleKeyImage(image)(startReport(head))).keyImages).toEqual([image]);
  });
});

describe('a measurement put into the text', () => {
  it('has the space it needs on both sides, and the cursor is behind it', () => {
    expect(fitWords('Nodule, unchanged.', 6, '12 × 9 mm')).toEqual({ text: 'Nodule 12 × 9 mm, unchanged.', caret: 16 });
    expect(fitWords('Nodule in the liver.', 7, '12 mm').text).toBe('Nodule 12 mm in the liver.');
    expect(fitWords('Nodule (', 8, '12 mm').text).toBe('Nodule (12 mm');
    expect(fitWords('', 0, '12 mm')).toEqual({ text: '12 mm', caret: 5 });
    expect(fitWords('Cyst.\n', 6, '12 mm').text).toBe('Cyst.\n12 mm');
  });

  it('is a measurement where nobody wrote, and leaves the source of what a person wrote', () => {
    const untouched = startReport(plain);
    const id = untouched.sections[0]!.id;
    const put = insertWords({ sectionId: id, at: 0, words: '12 mm' });
    expect(put(untouched).sections[0]).toMatchObject({ text: '12 mm', textSource: 'measurement' });
    expect(put(typeText(id, 'Nodule')(untouched)).sections[0]).toMatchObject({ textSource: 'typed' });
    expect(put(untouched).sections[1]).toBe(untouched.sections[1]);
  });

  it('marks its image once, and never takes the mark away', () => {
    const image = {
      studyInstanceUid: '1',
      seriesInstanceUid: '2',
      sopInstanceUid: '3',
      sopClassUid: '4',
      label: 'Series 2',
    };
    const once = addKeyImage(image)(startReport(plain));
    expect(once.keyImages).toEqual([image]);
    expect(addKeyImage(image)(once)).toBe(once);
  });

  it('keeps the note on its image when it is marked once more, and an empty note is none', () => {
    const image = { studyInstanceUid: '1', seriesInstanceUid: '2', sopInstanceUid: '3', sopClassUid: '4', label: 'S' };
    const noted = noteKeyImage(image, 'Growing')(addKeyImage(image)(startReport(plain)));
    expect(noted.keyImages).toEqual([{ ...image, note: 'Growing' }]);
    expect(addKeyImage(image)(noted)).toBe(noted);
    expect(noteKeyImage(image, '')(noted).keyImages).toEqual([image]);
  });

  it('goes along as data once, as it was drawn last, until it is taken out', () => {
    const image = { studyInstanceUid: '1', seriesInstanceUid: '2', sopInstanceUid: '3', sopClassUid: '4', label: 'S' };
    const one = {
      trackingUuid: 'a',
      image,
      words: 'Length 12 mm',
      shape: 'POLYLINE',
      points: [],
      numbers: [],
    } as const;
    const again = { ...one, words: 'Length 13 mm' };
    const both = addReportMeasurement(again)(addReportMeasurement(one)(startReport(plain)));
    expect(both.measurements).toEqual([again]);
    expect(switchTemplate(head)(both).measurements).toEqual([again]);
    expect(removeReportMeasurement('a')(both)).toEqual(startReport(plain));
  });
});

describe('what was dictated', () => {
  const typed = typeText('findings', 'Clear. Normal.')(startReport(head));
  const findingsOf = (body: typeof typed) => body.sections.find(({ id }) => id === 'findings');

  it('stands at the cursor with a space before the next word, and says that it was dictated', () => {
    const put = insertDictated({ sectionId: 'findings', at: 6, words: ' No shift.' });
    expect(findingsOf(put(typed))).toMatchObject({ text: 'Clear. No shift. Normal.', textSource: 'dictated' });
    const before = insertDictated({ sectionId: 'findings', at: 0, words: 'No shift.' });
    expect(findingsOf(before(typed))?.text).toBe('No shift. Clear. Normal.');
  });

  it('is the source of a field that was said', () => {
    const body = typeField('findings', 'shift', '4', 'dictated')(typed);
    expect(findingsOf(body)?.fields.find(({ id }) => id === 'shift')).toMatchObject({ value: '4', source: 'dictated' });
  });
});
