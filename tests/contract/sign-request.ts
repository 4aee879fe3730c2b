import type { CallRequest } from '#shared/contract/calls.ts';
import type { OpenCase } from '#shared/contract/schemas.ts';
import { sampleBody } from '#tests/unit/reporting/sample-report.ts';

export const PIN = '4711';

/** A report with these findings. */
export const plain = (text: string): CallRequest<'signReport'>['body'] => ({
  ...structuredClone(sampleBody as CallRequest<'signReport'>['body']),
  sections: structuredClone(sampleBody.sections as unknown as CallRequest<'signReport'>['body']['sections']).map(
    (section) => (section.role === 'findings' ? { ...section, text } : section),
  ),
});

/** Signs the case as it is shown. */
export const request = (shown: OpenCase, more: Partial<CallRequest<'signReport'>> = {}): CallRequest<'signReport'> => ({
  taskId: shown.taskId,
  contextKeys: { viewer: shown.contextKey, notes: shown.contextKey, report: shown.contextKey },
  fence: shown.fence,
  pin: PIN,
  body: plain('No haemorrhage.'),
  ...more,
});
