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

/** R4 Patient.link: a merge is `replaces` and `replaced-by`, two records of one person that both stay are `seealso`. */
const SAME_PERSON: ReadonlySet<PatientLink['type']> = new Set(['replaces', 'replaced-by', 'seealso']);

/** Everyone this patient is the same person as, by merges and links that stand. */
export const linkedPatients = ({ link = [] }: Pick<Patient, 'link'>): readonly string[] =>
  link.filter(({ type }) => SAME_PERSON.has(type)).flatMap(({ other }) => idInReference(other, 'Patient') ?? []);

/**
 * A merge as two links, one in each patient; `isMerge` false: a link after which both numbers go on. Nothing is moved: orders, notes and reports stay where the site put them, so that the merge
 * can be taken back.
 */
export function linked(
  surviving: Patient,
  merged: Patient,
  ids: { readonly surviving: string; readonly merged: string },
  isMerge = true,
) {
  const others = (patient: Patient, id: string) => (patient.link ?? []).filter((each) => !isTo(id)(each));
  return {
    surviving: {
      ...surviving,
      link: [...others(surviving, ids.merged), linkTo(ids.merged, isMerge ? 'replaces' : 'seealso')],
    },
    merged: {
      ...merged,
      ...(isMerge ? { active: false } : {}),
      link: [...others(merged, ids.surviving), linkTo(ids.surviving, isMerge ? 'replaced-by' : 'seealso')],
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
