import { reportHeading } from './report-heading.ts';
import { reportSections } from './report-sections.ts';
import type { SignedReport } from './signed-report.ts';

/** The signed report as plain text, lines ended by `\n`. Deterministic: the same report is the same text for ever. */
export function renderText(signed: SignedReport): string {
  const heading = reportHeading(signed);
  const facts = heading.facts.map(({ label, value }) => `${label}: ${oneLine(value)}`);
  const sections = reportSections(signed).map(
    (section) => `${oneLine(section.title).toUpperCase()}\n${section.lines.join('\n')}`,
  );
  return [
    [oneLine(heading.siteName), oneLine(heading.title)].join('\n'),
    facts.join('\n'),
    ...heading.notices.map(oneLine),
    ...sections,
    heading.signature.join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
