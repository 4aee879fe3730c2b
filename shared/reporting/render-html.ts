import { reportHeading } from './report-heading.ts';
import { reportSections } from './report-sections.ts';
import type { SignedReport } from './signed-report.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe inside an element or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);

/** A complete HTML document, also well-formed XML; no script, no style sheet, no address to fetch anything from. */
export function renderHtml(signed: SignedReport): string {
  const heading = reportHeading(signed);
  const facts = heading.facts.map(
    ({ label, value }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value.trim())}</dd>`,
  );
  const sections = reportSections(signed).map(
    (section) =>
      `<section data-section-role="${section.role}"><h2>${escapeHtml(section.title)}</h2>` +
      `<p>${section.lines.map(escapeHtml).join('<br/>')}</p></section>`,
  );
  return [
    '<!DOCTYPE html>',
    `<html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/><title>${escapeHtml(heading.title)}</title></head>`,
    `<body><header><p>${escapeHtml(heading.siteName)}</p><h1>${escapeHtml(heading.title)}</h1><dl>`,
    ...facts,
    '</dl></header>',
    ...heading.notices.map((notice) => `<p><strong>${escapeHtml(notice)}</strong></p>`),
    ...sections,
    `<footer><p>${heading.signature.map(escapeHtml).join('<br/>')}</p></footer></body></html>`,
    '',
  ].join('\n');
}
