import { describe, expect, it } from 'vitest';

import type { Patient } from 'fhir/r4';

import { patientToFhir, personFromFhir } from '#shared/fhir/patient-to-fhir.ts';
import { parseHl7, firstSegment } from '#shared/hl7/message.ts';
import { personFromPid } from '#shared/hl7/person-from-hl7.ts';

function personOf(pid: string) {
  const parsed = parseHl7(`MSH|^~\\&|HIS|MERCY|||20261121220000||ADT^A08|1|P|2.5.1\r${pid}`);
  if (!parsed.ok) throw new Error(parsed.error.reason);
  return personFromPid(firstSegment(parsed.value, 'PID'));
}

/** The PID of HL7 2.5.1, 3.3.1.1 (example transaction of an admission), its parts that tell people apart. */
const EXAMPLE =
  'PID|||PATID1234^5^M11^ADT1^MR^GOOD HEALTH HOSPITAL~123456789^^^USSSA^SS||EVERYMAN^ADAM^A^III||19610615|M||C|2222 HOME STREET^^GREENSBORO^NC^27401-1020|GL|(555) 555-2004|(555)555-2004||S||PATID12345001^2^M10^ADT1^AN^A|444333333|987654^NC|';

describe('what tells people of one name apart', () => {
  it('is taken from PID, each number with who gave it', () => {
    expect(personOf(EXAMPLE).traits).toEqual({
      numbers: [
        { kind: 'record', issuer: 'urn:overread:issuer:ADT1', value: 'PATID1234' },
        { kind: 'personal', issuer: 'http://hl7.org/fhir/sid/us-ssn', value: '123456789' },
        { kind: 'personal', issuer: 'http://hl7.org/fhir/sid/us-ssn', value: '444333333' },
      ],
      phones: ['(555) 555-2004', '(555)555-2004'],
      postcodes: ['27401-1020'],
    });
  });

  it('names an issuer by its object identifier where there is one', () => {
    const { traits } = personOf('PID|||7^^^MERCY^MR~756.9217.0769.85^^^CH&2.16.756.5.32&ISO^NNCHE||Meier^Anna');
    expect(traits?.numbers).toEqual([
      { kind: 'record', issuer: 'urn:overread:issuer:MERCY', value: '7' },
      { kind: 'personal', issuer: 'urn:oid:2.16.756.5.32', value: '756.9217.0769.85' },
    ]);
  });

  it('leaves out a number nobody says who gave, and a visit or account number', () => {
    expect(personOf('PID|||7^^^^MR~8^^^M^AN~9^^^M^VN||Meier^Anna').traits).toBeUndefined();
  });

  it('comes back from the hub’s Patient as it went there, mother’s name included', () => {
    const person = personOf(
      'PID|||7^^^MERCY^MR~1^^^NHS^NI~F1^^^AOK^MB||Meier^Anna||19610705|F|||^^B^^10115||^PRN^PH^^49^170^1234567',
    );
    const told = { ...person, traits: { ...person.traits, mothersNames: ['Schulz^Erna'] } };
    const patient = patientToFhir(told, 'mercy', 'Mercy General');
    expect(personFromFhir(patient, 'urn:overread:site:mercy:mrn')).toMatchObject({ mrn: '7', traits: told.traits });
  });

  it('is not taken back by a message that does not repeat it, and not doubled by one that does', () => {
    const first = patientToFhir(personOf(EXAMPLE), 'mercy', 'Mercy General');
    expect(patientToFhir(personOf(EXAMPLE), 'mercy', 'Mercy General', first)).toEqual(first);
    const { traits: _not, ...bare } = personOf(EXAMPLE);
    expect(patientToFhir(bare, 'mercy', 'Mercy General', first)).toEqual(first);
  });

  it('is read from a site’s own Patient (R4 example "f001")', () => {
    const patient: Patient = {
      resourceType: 'Patient',
      identifier: [
        { use: 'usual', system: 'urn:oid:2.16.840.1.113883.2.4.6.3', value: '738472983' },
        { system: 'http://hl7.org/fhir/sid/us-ssn', value: '444222222' },
        { type: { coding: [{ code: 'MR' }] }, system: 'urn:overread:site:lex:mrn', value: '9' },
      ],
      telecom: [
        { system: 'phone', value: '0648352638', use: 'mobile' },
        { system: 'email', value: 'p.heuvel@gmail.com', use: 'home' },
      ],
      address: [{ line: ['Van Egmondkade 23'], city: 'Amsterdam', postalCode: '1024 RJ' }],
    };
    expect(personFromFhir(patient).traits).toEqual({
      numbers: [{ kind: 'personal', issuer: 'http://hl7.org/fhir/sid/us-ssn', value: '444222222' }],
      phones: ['0648352638'],
      postcodes: ['1024 RJ'],
    });
  });
});
