import type { Composition } from 'fhir/r4';
import { describe, expect, it } from 'vitest';

import { attachText } from '#electron/ports/attach-text.ts';
import { parseSignedReport } from '#electron/gateway/delivery/read-report.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import { documentForSite } from '#shared/fhir/document-for-site.ts';
import { reportProvenance } from '#shared/fhir/report-provenance.ts';
import { parseHl7, segmentsOf, valueAt } from '#shared/hl7/message.ts';
import { oruFromReport } from '#shared/hl7/oru-from-report.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { attestationOf, attestationText, USUAL_ATTESTATION, type FirstHand } from '#shared/reporting/attestation.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';
import { renderHtml } from '#shared/reporting/render-html.ts';
import { renderText } from '#shared/reporting/render-text.ts';
import { attestedReport, resident } from './attested-report.ts';
import { sampleBody, sampleReport } from './sample-report.ts';

const TITLE = 'Attestation, 2026-11-21 23:30 UTC, Dr. Dana Lee, MD';
const SENTENCE =
  'I have looked at the images of this examination myself. Rui Alves wrote this report first; I have changed it, and agree with it as it stands here.';
const BY = 'Preliminary report by Rui Alves.';

describe('a report made final by another than who wrote it', () => {
  it('bears the attestation with name and time behind its text', () => {
    expect(renderText(attestedReport)).toBe(
      renderText(sampleReport()).replace(
        'Final report, version 1',
        `${TITLE.toUpperCase()}\n${SENTENCE}\n${BY}\n\nFinal report, version 1`,
      ),
    );
    expect(renderHtml(attestedReport)).toContain(
      `<section data-section-role="other"><h2>${TITLE}</h2><p>${SENTENCE}<br/>${BY}</p></section>`,
    );
  });

  it('sends it in the message, between the impression and the print', () => {
    const parsed = parseHl7(oruFromReport({ signed: attestedReport, channelIndex: 0, pdfBase64: 'JVBERi0=' }));
    if (!parsed.ok) throw new Error(parsed.error.reason);
    const rows = segmentsOf(parsed.value, 'OBX').map((each) => [valueAt(each, 3), valueAt(each, 5)] as const);
    const at = rows.findIndex(([code]) => code === 'attestation');
    expect(rows[at]).toEqual(['attestation', expect.stringContaining(SENTENCE)]);
    expect([rows[at - 1]?.[0], rows[at + 1]?.[0]]).toEqual(['19005-8', '18748-4']);
  });

  it('names both readers in FHIR: who wrote it, who attests it', () => {
    const agents = reportProvenance(attestedReport, 'a..b', 'DiagnosticReport/1', attachText).agent;
    expect(agents.map(({ type, who }) => [type?.coding?.[0]?.code, who.display])).toEqual([
      ['author', 'Lee^Dana^^Dr.^MD'],
      ['author', 'Alves^Rui'],
      ['attester', 'Lee^Dana^^Dr.^MD'],
    ]);
    const { composition } = compositionOf();
    expect(composition?.author?.map(({ identifier }) => identifier?.value)).toEqual([undefined, 'dr-alves']);
    const attested = composition?.section?.find(({ title }) => title === TITLE);
    expect(attested?.text?.div).toContain(SENTENCE);
  });

  it('has it in the text that is signed, which reads back the same', () => {
    const canonical = canonicalize(attestedReport);
    expect(canonical).toContain(`"attestation":{"firstReader":{"id":"dr-alves","name":"Alves^Rui"}`);
    expect(parseSignedReport(canonical)).toEqual(attestedReport);
    expect(parseSignedReport(canonical.replace('"firstState":"preliminary"', '"firstState":"?"'))).toBeUndefined();
  });
});

describe('the sentence of an attestation', () => {
  const first: FirstHand = { reader: resident, state: 'draft', body: sampleBody };
  const words = { unchanged: 'Read by {first}, seen by me.', changed: '{first} wrote it, I changed it.' };

  it('tells a text that was kept from one that was changed, in the words of the group', () => {
    expect(attestationText(words, first, { ...sampleBody, title: 'CT head' })).toBe('Read by Rui Alves, seen by me.');
    expect(attestationText(words, first, { ...sampleBody, sections: [] })).toBe('Rui Alves wrote it, I changed it.');
    expect(attestationText(USUAL_ATTESTATION, first, sampleBody)).toBe(
      'I have looked at the images of this examination myself and agree with this report, first written by Rui Alves.',
    );
  });

  it('says of a draft that it was one', () => {
    const attestation = attestationOf(
      'Seen.',
      first,
      { id: 'dr-lee' as RadiologistId, name: 'Lee^Dana' },
      0 as EpochMs,
    );
    expect(renderText(sampleReport({ attestation }))).toContain('Seen.\nDraft by Rui Alves.\n');
  });
});

function compositionOf() {
  const bundle = documentForSite({ signed: attestedReport, signature: 'a..b' }, attachText);
  const composition = bundle.entry
    ?.map(({ resource }) => resource)
    .find((resource): resource is Composition => resource?.resourceType === 'Composition');
  return { composition };
}
