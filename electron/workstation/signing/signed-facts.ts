import type { OpenCase } from '#shared/contract/schemas.ts';
import type { SignedVersion } from '#shared/contract/signing-calls.ts';
import { reportSections } from '#shared/reporting/report-sections.ts';
import type { ReportBody } from '#shared/reporting/report.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';

export const signedFacts = ({
  reportUuid,
  version,
  state,
  signedBy,
  signedAt,
}: SignedReport): NonNullable<OpenCase['signed']> => ({
  reportUuid,
  version,
  state,
  signedBy: signedBy.name,
  signedById: signedBy.id,
  signedAt,
});

export const signedVersion = (signed: SignedReport): SignedVersion => ({
  ...signedFacts(signed),
  body: signed.body as SignedVersion['body'],
  addenda: (signed.addenda ?? []).map((addendum) => ({
    text: addendum.text,
    signedBy: addendum.signedBy.name,
    signedAt: addendum.signedAt,
  })),
  ...(signed.reason === undefined ? {} : { reason: signed.reason }),
});

/** The body with its attestation and addenda as sections of their own, to be looked at. */
export function wholeBody(signed: SignedReport): ReportBody {
  const added = reportSections({ ...signed, body: { ...signed.body, sections: [] } });
  return {
    ...signed.body,
    sections: [
      ...signed.body.sections,
      ...added.map(({ id, title, lines }) => ({
        id,
        title,
        role: 'other' as const,
        fields: [],
        text: lines.join('\n'),
        textSource: 'typed' as const,
      })),
    ],
  };
}
