import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { verificationCode } from '#electron/adapters/signing-key/verification-code.ts';
import { weighComplaints } from '#electron/workstation/signing/overrides.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { compareReports, compareTexts, saysTheSame } from '#shared/reporting/compare-reports.ts';
import { renderHtml } from '#shared/reporting/render-html.ts';
import { renderText } from '#shared/reporting/render-text.ts';
import { reportHeading } from '#shared/reporting/report-heading.ts';
import { REPORT_STATES, REPORT_STATE_FACTS } from '#shared/reporting/report-state.ts';
import { relatedUuid } from '#shared/reporting/stable-ids.ts';
import { sampleBody, sampleReport, section } from './sample-report.ts';

const first = sampleReport();
const follows = {
  version: 2,
  reason: 'Wrong side',
  predecessor: {
    reportUuid: first.reportUuid,
    version: 1,
    state: 'final',
    signedBy: first.signedBy,
    signedAt: first.signedAt,
  },
} as const;

describe('the difference of two texts', () => {
  it('names what was taken out and what was put in', () => {
    expect(compareTexts('No mass on the left side.', 'No mass on the right side.')).toEqual([
      { kind: 'same', text: 'No mass on the ' },
      { kind: 'removed', text: 'left' },
      { kind: 'added', text: 'right' },
      { kind: 'same', text: ' side.' },
    ]);
  });

  it('gives back both texts, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ' ', '\n')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = compareTexts(before, after);
        const without = (kind: 'added' | 'removed') =>
          parts
            .filter((part) => part.kind !== kind)
            .map((part) => part.text)
            .join('');
        expect([without('added'), without('removed')]).toEqual([before, after]);
      }),
    );
  });

  it('tells of sections that only one version has', () => {
    const after = { ...sampleBody, sections: [...sampleBody.sections, section('other', 'New.')] };
    expect(compareReports(sampleBody, after)).toEqual([{ title: 'Other', parts: [{ kind: 'added', text: 'New.' }] }]);
    expect(saysTheSame(sampleBody, after)).toBe(false);
  });

  it('takes spacing for no difference', () => {
    const spaced = {
      ...sampleBody,
      sections: sampleBody.sections.map((one) => ({ ...one, text: one.text.replaceAll(' ', '  ') })),
    };
    expect(saysTheSame(sampleBody, spaced)).toBe(true);
  });
});

describe('a version that follows another', () => {
  it('says so before its text, with the reason, in every rendering', () => {
    const corrected = sampleReport({ ...follows, state: 'corrected' });
    const words =
      'Corrected report, version 2: replaces the version before it. Follows version 1 (final report), signed 2026-11-21 23:30 UTC by Dr. Dana Lee, MD. Reason: Wrong side';
    expect(reportHeading(corrected).notices).toEqual([words]);
    expect(renderText(corrected)).toContain(words);
    expect(renderHtml(corrected)).toContain(`<strong>${words}</strong>`);
  });

  it('shows its addenda after the text they were added to', () => {
    const appended = sampleReport({
      ...follows,
      state: 'appended',
      addenda: [
        {
          text: 'Seen again.\nUnchanged.',
          signedBy: { id: 'dr-mora' as RadiologistId, name: 'Mora^Ana' },
          signedAt: Date.UTC(2026, 10, 22, 6) as EpochMs,
        },
      ],
    });
    const text = renderText(appended);
    expect(text).toMatch(/IMPRESSION[\s\S]*ADDENDUM 1, 2026-11-22 06:00 UTC, ANA MORA\nSeen again\.\nUnchanged\./);
    expect(renderHtml(appended)).toContain('Seen again.<br/>Unchanged.');
  });

  it('needs no notice when it is the first and final one', () => {
    expect(reportHeading(first).notices).toEqual([]);
  });

  it('has a status on every wire, whatever it is', () => {
    expect(REPORT_STATES.map((state) => REPORT_STATE_FACTS[state].resultStatus).join('')).toBe('PFCCXC');
    expect(REPORT_STATES.map((state) => REPORT_STATE_FACTS[state].observationStatus).join('')).toBe('PFCCXW');
  });
});

describe('complaints signed in spite of', () => {
  const stop = { code: 'laterality', severity: 'stop', quote: 'left', message: 'Which side?' } as const;
  const missing = { code: 'impression-missing', severity: 'stop', message: 'Empty.' } as const;
  const warn = { code: 'comparison-missed', severity: 'warn', message: 'A prior exists.' } as const;

  it('need a reason of their own; what was only shown is recorded as seen', () => {
    const given = [{ code: 'laterality', quote: 'left', reason: ' Order names the wrong side ' }];
    expect(weighComplaints([stop, warn], given)).toEqual({
      stops: [],
      overrides: [
        { code: 'laterality', severity: 'stop', quote: 'left', reason: 'Order names the wrong side' },
        { code: 'comparison-missed', severity: 'warn', reason: '' },
      ],
    });
    expect(weighComplaints([stop], [{ code: 'laterality', quote: 'right', reason: 'Another place' }]).stops).toEqual([
      stop,
    ]);
  });

  it('are never those of a report that says nothing', () => {
    expect(weighComplaints([missing], [{ code: 'impression-missing', reason: 'In a hurry tonight' }]).stops).toEqual([
      missing,
    ]);
  });
});

describe('names that follow from a signature', () => {
  it('are UUIDs of their own for each number, the same every time', () => {
    const numbers = [1, 2, 3, 16_777_215];
    const uuids = numbers.map((number) => relatedUuid(first.reportUuid, number));
    expect(new Set([...uuids, first.reportUuid]).size).toBe(5);
    for (const uuid of uuids) expect(uuid).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
    expect(relatedUuid(first.reportUuid, 1)).toBe(uuids[0]);
    expect(() => relatedUuid(first.reportUuid, 0)).toThrow();
  });

  it('are codes that can be read aloud, another one for another signature', () => {
    expect(verificationCode('a..b')).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(verificationCode('a..b')).not.toBe(verificationCode('a..c'));
  });
});
