import type { Attachment, Binary, DiagnosticReport, DocumentReference, FhirResource } from 'fhir/r4';

import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { idInReference } from '#shared/fhir/fhir-text.ts';
import { shapedResource } from '#shared/fhir/well-shaped.ts';

/** A letter, not an archive. */
const MOST_ATTACHMENTS = 4;

/**
 * A report or document with what its attachments point to at the same server (`Binary/id`) put into them. An address anywhere else is not called: it
 * stays what it is, and the reader is told that the content was not sent along.
 */
export async function withContent(sent: FhirResource, siteFhir: FhirClient): Promise<FhirResource> {
  if (sent.resourceType !== 'DocumentReference' && sent.resourceType !== 'DiagnosticReport') return sent;
  const { resource } = shapedResource<DocumentReference | DiagnosticReport>(sent);
  if (resource === undefined) return sent;
  if (resource.resourceType === 'DiagnosticReport') {
    if (resource.presentedForm === undefined) return sent;
    return { ...resource, presentedForm: await filled(resource.presentedForm, siteFhir) };
  }
  const attachments = await filled(
    resource.content.map(({ attachment }) => attachment),
    siteFhir,
  );
  const content = resource.content.map((each, place) => ({
    ...each,
    attachment: attachments[place] ?? each.attachment,
  }));
  return { ...resource, content };
}

async function filled(attachments: readonly Attachment[], siteFhir: FhirClient): Promise<Attachment[]> {
  const full: Attachment[] = [];
  for (const [place, attachment] of attachments.entries()) {
    const id = isRelative(attachment.url) ? idInReference({ reference: attachment.url }, 'Binary') : undefined;
    const data = id === undefined || place >= MOST_ATTACHMENTS ? undefined : await dataOf(id, siteFhir);
    full.push(data === undefined || attachment.data !== undefined ? attachment : { ...attachment, ...data });
  }
  return full;
}

const isRelative = (url: string | undefined): boolean => url !== undefined && /^Binary\/[A-Za-z0-9.-]{1,64}$/.test(url);

async function dataOf(id: string, siteFhir: FhirClient): Promise<Pick<Attachment, 'data' | 'contentType'> | undefined> {
  try {
    const { data, contentType } = await siteFhir.read<Binary>('Binary', id);
    return typeof data === 'string' && typeof contentType === 'string' ? { data, contentType } : undefined;
  } catch (thrown) {
    if (thrown instanceof FhirError && thrown.refusal.code !== 'unreachable') return undefined;
    throw thrown;
  }
}
