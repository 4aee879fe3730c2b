import type { Brand } from '../kernel/brand.ts';

/** Our configuration's short name for a site, `^[a-z0-9][a-z0-9-]*$`. */
export type SiteId = Brand<string, 'SiteId'>;
/** The hub's logical id of the FHIR Task that stands for one reading. */
export type TaskId = Brand<string, 'TaskId'>;
/** The hub's logical id of a FHIR Patient. One patient of one site; never shared between sites. */
export type PatientId = Brand<string, 'PatientId'>;
export type RadiologistId = Brand<string, 'RadiologistId'>;
export type StudyInstanceUid = Brand<string, 'StudyInstanceUid'>;
export type AccessionNumber = Brand<string, 'AccessionNumber'>;
/** The hub's logical id of a FHIR DiagnosticReport we signed. */
export type ReportId = Brand<string, 'ReportId'>;
/** The hub's logical id of the FHIR Task that stands for one delivery. */
export type DeliveryId = Brand<string, 'DeliveryId'>;
