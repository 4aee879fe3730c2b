import type { ReportBody } from './report.ts';

/** A longer reason is a letter: it is read among the notes, and a part of it would mislead. */
const LONGEST = 500;

/** The reason for the exam, as the site wrote it in its order, where a report that is begun has an empty place for it. */
export function tellIndication(body: ReportBody, reason = ''): ReportBody {
  const text = reason.replaceAll(/\s+/gu, ' ').trim();
  const place = body.sections.find(({ role }) => role === 'indication');
  if (text === '' || text.length > LONGEST || place === undefined || place.text !== '') return body;
  const sections = body.sections.map((section) =>
    section === place ? { ...section, text, textSource: 'order' as const } : section,
  );
  return { ...body, sections };
}
