export { createHub, type Hub, type HubChange } from './create-hub.ts';
export type { FhirDefinitions, FhirReader, FhirStore, FhirWriter, StoredVersion } from './ports.ts';
