import type { RadiologistId } from '#shared/domain/identifiers.ts';
import { attestationOf, attestationText, USUAL_ATTESTATION } from '#shared/reporting/attestation.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { sampleBody, sampleReport } from './sample-report.ts';

export const resident = { id: 'dr-alves' as RadiologistId, name: 'Alves^Rui' };

const plain = sampleReport();
const first = { reader: resident, state: 'preliminary', body: { ...sampleBody, sections: [] } } as const;

/** Changed and made final by the attending. */
export const attestedReport: SignedReport = {
  ...plain,
  attestation: attestationOf(
    attestationText(USUAL_ATTESTATION, first, sampleBody),
    first,
    plain.signedBy,
    plain.signedAt,
  ),
};
