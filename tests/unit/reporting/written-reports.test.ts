import { describe, expect, it } from 'vitest';

import { checkReport } from '#shared/reporting/check-report.ts';
import { factsOf, RIGHT, WRONG, type WrittenReport } from '#tests/support/seeded-reports/written-reports.ts';
import { section } from './sample-report.ts';

const codesOf = (report: WrittenReport) =>
  checkReport({
    facts: factsOf(report),
    template: undefined,
    body: {
      templateId: 't',
      title: 'T',
      sections: [
        section('indication', report.reason ?? ''),
        section('technique', report.technique),
        section('comparison', report.comparison ?? ''),
        section('findings', report.findings),
        section('impression', report.impression),
      ],
    },
  }).map(({ code, quote, message }) => `${code}: ${message} (${quote ?? ''})`);

describe('reports as people write them', () => {
  it.each(RIGHT.map((report) => [report.exam, report] as const))('nothing is said of a right %s', (_, report) => {
    expect(codesOf(report)).toEqual([]);
  });

  it.each(WRONG.map((report) => [report.codes.join(' or '), report] as const))(
    '%s is noticed in one that is wrong',
    (_, report) => {
      const said = codesOf(report);
      expect(
        said.filter((one) => report.codes.some((code) => one.startsWith(`${code}:`))),
        said.join('\n'),
      ).not.toEqual([]);
    },
  );
});
