/** Code systems and identifier systems on the hub. Ours are `urn:overread:…`: no web address that might one day answer. */
export const SYSTEM = {
  dcm: 'http://dicom.nema.org/resources/ontology/DCM',
  loinc: 'http://loinc.org',
  identifierType: 'http://terminology.hl7.org/CodeSystem/v2-0203',
  dicomUid: 'urn:dicom:uid',
  taskInput: 'urn:overread:task-input',
  taskOutput: 'urn:overread:task-output',
  businessStatus: 'urn:overread:reading-state',
  taskKind: 'urn:overread:task-kind',
  site: 'urn:overread:site',
  reader: 'urn:overread:reader',
  report: 'urn:overread:report',
  delivery: 'urn:overread:delivery',
  observation: 'urn:overread:observation',
  discrepancy: 'urn:overread:discrepancy',
  signingKey: 'urn:overread:signing-key',
  handedDraft: 'urn:overread:handed-draft',
  critical: 'urn:overread:critical',
  question: 'urn:overread:question',
  recommendation: 'urn:overread:recommendation',
  inboxLink: 'urn:overread:inbox-link',
  note: 'urn:overread:note-kind',
  act: 'urn:overread:act',
} as const;

/** Identifier namespace of one site: accession numbers and MRNs mean nothing outside it. */
export const siteSystem = (siteId: string, what: 'accession' | 'mrn' | 'placer' | 'message' | 'note'): string =>
  `urn:overread:site:${siteId}:${what}`;

/** DCM 110005 Interpretation: the Task.code of a reading (DESIGN 6). */
export const READING_CODE = { system: SYSTEM.dcm, code: '110005', display: 'Interpretation' } as const;
/** Task.code of a delivery. */
export const DELIVERY_CODE = { system: SYSTEM.taskKind, code: 'delivery', display: 'Delivery of a report' } as const;
