import { toIso, type EpochMs } from '../kernel/clock.ts';
import { plainSections, textLines, type PlainSection } from './plain-sections.ts';
import { signatureName } from './printed-name.ts';
import type { Attestation, SignedReport } from './signed-report.ts';

/** `2026-11-21 22:59 UTC`: one time zone for all, said aloud. */
export const printedTime = (at: EpochMs): string => `${toIso(at).slice(0, 16).replace('T', ' ')} UTC`;

/** Everything a signed version says, attestation and addenda included: what each rendering shows and each message carries. */
export const reportSections = (signed: Pick<SignedReport, 'body' | 'addenda' | 'attestation'>): PlainSection[] => [
  ...plainSections(signed.body),
  ...(signed.attestation === undefined ? [] : [attestationSection(signed.attestation)]),
  ...(signed.addenda ?? []).map((addendum, index): PlainSection => ({
    id: `addendum-${index + 1}`,
    title: `Addendum ${index + 1}, ${printedTime(addendum.signedAt)}, ${signatureName(addendum.signedBy.name)}`,
    role: 'other',
    lines: textLines(addendum.text),
  })),
];

const attestationSection = ({ text, signedBy, signedAt, firstReader, firstState }: Attestation): PlainSection => ({
  id: 'attestation',
  title: `Attestation, ${printedTime(signedAt)}, ${signatureName(signedBy.name)}`,
  role: 'other',
  lines: [
    ...textLines(text),
    `${firstState === 'draft' ? 'Draft' : 'Preliminary report'} by ${signatureName(firstReader.name)}.`,
  ],
});
