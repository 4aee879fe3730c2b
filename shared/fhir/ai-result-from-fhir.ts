import type { FhirResource, Observation, ServiceRequest } from 'fhir/r4';

import type { AiResult } from '../domain/urgency.ts';
import { instantOf } from './fhir-text.ts';
import { wordsOf } from './care-notes.ts';

const PROBABILITY = /probab|confidence|likelihood|certainty|score/i;
const MACHINE = /\b(AI|CAD|algorithm|deep learning|machine learning|triage)\b/i;

/** Made by a machine: it names its device, or is performed by one, or says so. */
function isByAlgorithm({ device, performer, method, category }: Observation): boolean {
  return (
    device !== undefined ||
    performer?.some(({ reference, type }) => type === 'Device' || reference?.includes('Device/') === true) === true ||
    [method, ...(category ?? [])].some((concept) => MACHINE.test(wordsOf(concept) ?? ''))
  );
}

function isFor({ basedOn, issued, effectiveDateTime }: Observation, request: ServiceRequest): boolean {
  if (basedOn !== undefined && basedOn.length > 0)
    return basedOn.some(({ reference }) => reference?.endsWith(`ServiceRequest/${request.id ?? ''}`) === true);
  const at = instantOf(issued) ?? instantOf(effectiveDateTime);
  const ordered = instantOf(request.authoredOn);
  return at !== undefined && ordered !== undefined && at >= ordered;
}

function probabilityIn(observation: Observation): number | undefined {
  const all = [
    { code: observation.code, valueQuantity: observation.valueQuantity },
    ...(observation.component ?? []).map(({ code, valueQuantity }) => ({ code, valueQuantity })),
  ];
  for (const { code, valueQuantity } of all) {
    if (valueQuantity?.value === undefined) continue;
    const isPercent = valueQuantity.unit === '%' || valueQuantity.code === '%';
    if (PROBABILITY.test(wordsOf(code) ?? '') || isPercent)
      return Math.min(1, Math.max(0, valueQuantity.value / (isPercent ? 100 : 1)));
  }
  return undefined;
}

/** HL7 v3 ObservationInterpretation. */
const NEGATIVE = new Set(['NEG', 'N', 'ND']);

function aiResultOf(observation: Observation): AiResult | undefined {
  if (observation.status === 'cancelled' || observation.status === 'entered-in-error') return undefined;
  const value = wordsOf(observation.valueCodeableConcept) ?? observation.valueString;
  const isYesOrNo =
    value !== undefined && /^(yes|no|present|absent|positive|negative|detected|not detected)$/i.test(value);
  const finding = value === undefined || isYesOrNo ? wordsOf(observation.code) : value;
  if (finding === undefined) return undefined;
  const isNegative =
    observation.valueBoolean === false ||
    (isYesOrNo && /^(no|absent|negative|not detected)$/i.test(value)) ||
    observation.interpretation?.some(({ coding }) => coding?.some(({ code }) => NEGATIVE.has(code ?? ''))) === true;
  const probability = isNegative ? 0 : probabilityIn(observation);
  const algorithm = observation.device?.display ?? observation.performer?.[0]?.display ?? wordsOf(observation.method);
  const at = instantOf(observation.issued) ?? instantOf(observation.effectiveDateTime);
  return {
    finding,
    ...(probability === undefined ? {} : { probability }),
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(at === undefined ? {} : { at }),
  };
}

/** What algorithms said of the images of this order. */
export const aiResultsFor = (request: ServiceRequest, related: readonly FhirResource[]): readonly AiResult[] =>
  related.flatMap((resource) =>
    resource.resourceType === 'Observation' && isByAlgorithm(resource) && isFor(resource, request)
      ? (aiResultOf(resource) ?? [])
      : [],
  );
