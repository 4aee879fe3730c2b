import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { canonicalize } from '#shared/reporting/canonical-json.ts';
import { escapeHtml, renderHtml } from '#shared/reporting/render-html.ts';
import { renderText } from '#shared/reporting/render-text.ts';
import { dicomUidOf, fileStemOf, messageControlIdOf } from '#shared/reporting/stable-ids.ts';
import { sampleReport } from './sample-report.ts';

describe('text of a signed report', () => {
  it('is this text', () => {
    expect(renderText(sampleReport())).toBe(
      `Mercy General
CT head

Patient: Doe, Dr. Jane Ann
Patient ID: M-77
Born: 1961-02-03
Sex: female
Accession: A-1001
Exam: CT HEAD WITHOUT CONTRAST
Ordered by: House, Gregory
Reason: Fall

INDICATION
Fall, anticoagulated.

TECHNIQUE
CT of the head without intravenous contrast.

FINDINGS
Midline shift: 0 mm
No haemorrhage & no fracture.
Soft tissue swelling < 5 mm | left.

IMPRESSION
No acute intracranial abnormality.

Final report, version 1
Signed electronically by Dr. Dana Lee, MD on 2026-11-21 23:30 UTC
Report 6f1c2a90-5b1d-4c0e-9f3a-0a1b2c3d4e5f
`,
    );
  });

  it('says when a report is preliminary', () => {
    expect(renderText(sampleReport({ state: 'preliminary' }))).toContain('Preliminary report, version 1');
  });
});

describe('HTML of a signed report', () => {
  it('escapes what a report says', () => {
    const html = renderHtml(sampleReport());
    expect(html).toContain('No haemorrhage &amp; no fracture.<br/>Soft tissue swelling &lt; 5 mm | left.');
    expect(html).toContain('<dt>Patient</dt><dd>Doe, Dr. Jane Ann</dd>');
  });

  it('never lets text become markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 's', '/', ' ') }), (text) => {
        const task = { ...sampleReport().task, reason: text };
        const markup = renderHtml(sampleReport({ task })).replace(escapeHtml(text.trim()), '');
        const expected = renderHtml(sampleReport({ task: { ...task, reason: 'x' } }));
        expect(markup.match(/<[a-z]+/g) ?? []).toEqual(
          (text.trim() === '' ? expected.replace('<dt>Reason</dt><dd>x</dd>', '') : expected).match(/<[a-z]+/g),
        );
      }),
    );
  });
});

describe('canonical JSON', () => {
  it('is as in RFC 8785, 3.2.2 and 3.2.3', () => {
    const value = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    );
    expect(canonicalize(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
    // Sorted by UTF-16 code units: U+1F600 (D83D…) stands before U+FB33.
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, ö: 7 };
    expect(Object.values(JSON.parse(canonicalize(keys).replaceAll('"1"', '"one"')) as object)).toEqual([
      2, 4, 6, 7, 1, 5, 3,
    ]);
  });

  it('keeps the value and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalize(value);
        expect(canonicalize(JSON.parse(text))).toBe(text);
        const turned = (part: unknown): unknown =>
          Array.isArray(part)
            ? part.map(turned)
            : typeof part === 'object' && part !== null
              ? Object.fromEntries(
                  Object.entries(part)
                    .toReversed()
                    .map(([key, inner]) => [key, turned(inner)]),
                )
              : part;
        expect(canonicalize(turned(value))).toBe(text);
      }),
    );
  });

  it('refuses what JSON cannot say', () => {
    expect(() => canonicalize(Number.NaN)).toThrow();
    expect(() => canonicalize(['\ud800'])).toThrow();
    expect(() => canonicalize([undefined])).toThrow();
  });
});

describe('ids of a report', () => {
  const uuid = 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6';

  it('are UIDs of PS3.5 B.2', () => {
    // The standard's own example for this UUID.
    expect(dicomUidOf(uuid, 'pdf')).toBe('2.25.329800735698586629295641978511506172918');
  });

  it('fit their fields and differ by report, channel, part and study', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.nat(1295), (one, other, channel) => {
        fc.pre(one !== other);
        expect(messageControlIdOf(one, channel)).toMatch(/^[0-9A-Z]{20}$/);
        expect(messageControlIdOf(one, channel)).not.toBe(messageControlIdOf(other, channel));
        expect(messageControlIdOf(one, 0)).not.toBe(messageControlIdOf(one, 1));
        const uids = [
          dicomUidOf(one, 'pdf'),
          dicomUidOf(one, 'series'),
          dicomUidOf(one, 'pdf', 1),
          dicomUidOf(other, 'pdf'),
        ];
        expect(new Set(uids).size).toBe(4);
        for (const uid of uids) expect(uid).toMatch(/^2\.25\.[1-9]\d{0,38}$/);
        expect(fileStemOf(one, 2)).toBe(`report-${one}-v2`);
      }),
    );
  });
});
