import { textLines } from './plain-sections.ts';

/** What a prior report found: between its heading of findings and the next heading; all of it where it has none. */
export function findingsOf(priorReport: string): string {
  const found =
    /(?:^|\n)\s*findings?\s*:?[ \t]*\n?([\s\S]*?)(?=\n\s*(?:impression|conclusion|opinion|summary|recommendation)s?\s*:?|$)/i.exec(
      priorReport,
    );
  const text = found?.[1]?.trim() ?? '';
  return textLines(text === '' ? priorReport : text)
    .filter((line) => line.trim() !== '')
    .join('\n');
}

/** Said as what it is: carried over from another exam, not found in this one. */
export const unchangedSince = (text: string, day: string | undefined): string =>
  `Unchanged${day === undefined ? ' from the prior report' : ` since ${day}`}: ${text.trim()}`;
