import type { Patient, PatientLink } from 'fhir/r4';

import { idInReference } from './fhir-text.ts';

const linkTo = (id: string, type: PatientLink['type']): PatientLink => ({
  other: { reference: `Patient/${id}` },
  type,
});
const isTo =
  (id: string) =>
  ({ other }: PatientLink): boolean =>
    idInReference(other, 'Patient') === id;

/** Everyone this patient is the same person as, by merges that stand (R4 Patient.link, `replaces` and `replaced-by`). */
export const linkedPatients = ({ link = [] }: Pick<Patient, 'link'>): readonly string[] =>
  link
    .filter(({ type }) => type === 'replaces' || type === 'replaced-by')
    .flatMap(({ other }) => idInReference(other, 'Patient') ?? []);

/**
 * A merge as two links, one in each patient. Nothing is moved: orders, notes and reports stay where the site put them, so that the merge
 * can be taken back.
 */
export function linked(
  surviving: Patient,
  merged: Patient,
  ids: { readonly surviving: string; readonly merged: string },
) {
  const others = (patient: Patient, id: string) => (patient.link ?? []).filter((each) => !isTo(id)(each));
  return {
    surviving: { ...surviving, link: [...others(surviving, ids.merged), linkTo(ids.merged, 'replaces')] },
    merged: {
      ...merged,
      active: false,
      link: [...others(merged, ids.surviving), linkTo(ids.surviving, 'replaced-by')],
    },
  };
}

/** The same two without the links between them. */
export function unlinked(surviving: Patient, merged: Patient) {
  const without = (patient: Patient, other: Patient): Patient => {
    const { link = [], ...rest } = patient;
    const kept = link.filter((each) => !isTo(other.id ?? '')(each));
    return kept.length === 0 ? rest : { ...rest, link: kept };
  };
  const { active: _inactive, ...again } = without(merged, surviving);
  return { surviving: without(surviving, merged), merged: again };
}
