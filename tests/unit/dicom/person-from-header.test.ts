import { describe, expect, it } from 'vitest';

import { personFromHeader, personsInHeaders } from '#shared/dicom/person-from-header.ts';

const header = {
  '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎' }] },
  '00100020': { vr: 'LO', Value: ['4711 '] },
  '00100021': { vr: 'LO', Value: ['MERCY'] },
  '00100030': { vr: 'DA', Value: ['19520304'] },
  '00100040': { vr: 'CS', Value: ['M'] },
};

describe('whose an image is', () => {
  it('stands in the Patient Identification Module of its header', () => {
    expect(personFromHeader(header)).toEqual({
      name: 'Yamada^Tarou=山田^太郎',
      mrn: '4711',
      issuer: 'MERCY',
      birthDate: '1952-03-04',
      sex: 'M',
    });
  });

  it('has other names and numbers with who gave them', () => {
    const more = {
      ...header,
      '00101001': { vr: 'PN', Value: [{ Alphabetic: 'Tanaka^Tarou' }] },
      '00101005': { vr: 'PN', Value: [{ Alphabetic: 'Sato^Tarou' }] },
      '00101002': {
        vr: 'SQ',
        Value: [{ '00100020': { vr: 'LO', Value: ['815'] }, '00100021': { vr: 'LO', Value: ['HARBOR'] } }],
      },
    };
    expect(personFromHeader(more)).toMatchObject({
      otherNames: ['Tanaka^Tarou', 'Sato^Tarou'],
      otherNumbers: [{ mrn: '815', issuer: 'HARBOR' }],
    });
  });

  it('is not said by an empty header', () => {
    expect(personFromHeader({})).toEqual({ name: '', mrn: '', sex: 'unknown' });
  });

  it.each([
    ['is marked as such', { '00120062': { vr: 'CS', Value: ['YES'] } }],
    ['has the number for a name', { '00100010': { vr: 'PN', Value: [{ Alphabetic: '4711' }] } }],
    ['names nobody but says why', { '00100010': { vr: 'PN', Value: [{ Alphabetic: 'anonymized' }] } }],
  ])('is left to its number where a header was stripped and %s', (_, stripped) => {
    expect(personFromHeader({ ...header, ...stripped })).toEqual({ name: '', mrn: '4711', sex: 'unknown' });
  });

  it('is compared whole where the mark says that nothing was removed', () => {
    expect(personFromHeader({ ...header, '00120062': { vr: 'CS', Value: ['NO'] } }).birthDate).toBe('1952-03-04');
  });

  it('is one person for a study whose images agree, and two where a foreign image lies in it', () => {
    expect(personsInHeaders([header, { ...header, '00080018': { vr: 'UI', Value: ['1.2'] } }])).toHaveLength(1);
    expect(personsInHeaders([header, { ...header, '00100040': { vr: 'CS', Value: ['F'] } }])).toHaveLength(2);
  });
});
