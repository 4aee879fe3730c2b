import { describe, expect, it } from 'vitest';

import { addSentence } from '#renderer/report/edit-report.ts';
import type { ReportBody, ReportSection } from '#shared/reporting/report.ts';

const section = (
  role: ReportSection['role'],
  text: string,
  textSource: ReportSection['textSource'],
): ReportSection => ({
  id: role,
  title: role,
  role,
  fields: [],
  text,
  textSource,
});
const body = (...sections: ReportSection[]): ReportBody => ({ templateId: 't', title: 'CT head', sections });

describe('a sentence added to the report', () => {
  it('stands at the end of the impression, and what the reader wrote stays the reader’s', () => {
    const before = body(section('findings', 'Clot.', 'dictated'), section('impression', 'Bleed.\n', 'typed'));
    const after = addSentence('Critical result (red): Bleed.')(before);
    expect(after.sections[1]).toMatchObject({ text: 'Bleed.\nCritical result (red): Bleed.', textSource: 'typed' });
    expect(after.sections[0]).toBe(before.sections[0]);
  });

  it('in an untouched section says that nobody typed it', () => {
    expect(addSentence('S.')(body(section('impression', '', 'default'))).sections[0]).toMatchObject({
      text: 'S.',
      textSource: 'macro',
    });
  });

  it('finds a place where there is no impression', () => {
    expect(addSentence('S.')(body(section('findings', 'Clot.', 'typed'))).sections[0]?.text).toBe('Clot.\nS.');
  });
});
