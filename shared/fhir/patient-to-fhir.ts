import type { Identifier, Patient as FhirPatient } from 'fhir/r4';

import type { IncomingOrder } from '../domain/order.ts';
import type { Sex } from '../domain/patient.ts';
import { fhirString } from './fhir-text.ts';
import { humanNames, otherNamesFrom, personNameFrom } from './person-name.ts';
import { siteSystem, SYSTEM } from './systems.ts';
import { traitsFromFhir, traitsToFhir } from './traits-fhir.ts';

type Person = IncomingOrder['patient'];

const GENDERS = { M: 'male', F: 'female', O: 'other', unknown: 'unknown' } as const;
const SEXES: Readonly<Record<string, Sex>> = { male: 'M', female: 'F', other: 'O' };

/** The site's patient on the hub. What other systems wrote into `base` stays. */
export function patientToFhir(person: Person, siteId: string, siteName: string, base?: FhirPatient): FhirPatient {
  const mrn = fhirString(person.mrn);
  const recordNumber: Identifier | undefined =
    mrn === undefined
      ? undefined
      : {
          type: { coding: [{ system: SYSTEM.identifierType, code: 'MR' }] },
          system: siteSystem(siteId, 'mrn'),
          value: mrn,
          assigner: { display: siteName },
        };
  const others = (base?.identifier ?? []).filter((each) => each.system !== recordNumber?.system);
  const identifiers = [...(recordNumber === undefined ? [] : [recordNumber]), ...others];
  const otherNames = (person.otherNames ?? []).flatMap(humanNames).map((name) => ({ ...name, use: 'old' as const }));
  const names = [...humanNames(person.name), ...otherNames];
  const { birthDate: _birthDate, ...kept } = base ?? {};
  const withTraits = traitsToFhir(person.traits, { ...kept, identifier: identifiers });
  return {
    ...kept,
    ...withTraits,
    resourceType: 'Patient',
    ...(names.length === 0 ? {} : { name: names }),
    gender: GENDERS[person.sex],
    ...(person.birthDate === undefined ? {} : { birthDate: person.birthDate }),
  };
}

/** The patient of a FHIR server: `mrnSystem` when its identifiers are ours, else the one typed MR, else the first. */
export function personFromFhir(patient: FhirPatient, mrnSystem?: string): Person {
  const identifiers = patient.identifier ?? [];
  const typed = (code: string) =>
    identifiers.find((each) => each.type?.coding?.some((coding) => coding.code === code) === true);
  const notANumber = new Set(['SS', 'SB', 'DL', 'PPN']);
  const usable = identifiers.find(
    (each) => each.type?.coding?.some((coding) => notANumber.has(coding.code ?? '')) !== true,
  );
  const ours = mrnSystem === undefined ? undefined : identifiers.find((each) => each.system === mrnSystem);
  const birthDate = patient.birthDate;
  const otherNames = otherNamesFrom(patient.name);
  const traits = traitsFromFhir(patient);
  return {
    mrn: (ours ?? typed('MR') ?? typed('PI') ?? usable)?.value ?? '',
    name: personNameFrom(patient.name),
    sex: SEXES[patient.gender ?? ''] ?? 'unknown',
    ...(otherNames.length === 0 ? {} : { otherNames }),
    ...(birthDate !== undefined && /^\d{4}(-\d{2}(-\d{2})?)?$/.test(birthDate) ? { birthDate } : {}),
    ...(traits === undefined ? {} : { traits }),
  };
}
