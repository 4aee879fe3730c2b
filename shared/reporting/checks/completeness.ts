import type { Complaint } from '../complaint.ts';
import { templateOfBody } from '../entries.ts';
import { isProposed } from '../impression-draft.ts';
import { isPartialDate } from '../partial-date.ts';
import { plainSections, textOfRole } from '../plain-sections.ts';
import type { ReportBody, SectionRole, Template } from '../report.ts';

const hasText = (body: ReportBody, role: SectionRole): boolean =>
  /\p{L}{2}|^\s*\p{L}\s*$/u.test(textOfRole(body, role));

function missingSections(body: ReportBody): Complaint[] {
  const needed = [
    { role: 'findings', message: 'The report has no findings.', fix: 'Describe the findings.' },
    { role: 'impression', message: 'The report has no impression.', fix: 'Write an impression.' },
  ] as const;
  return needed
    .filter(({ role }) => !hasText(body, role))
    .map(({ role, message, fix }) => ({
      code: `${role}-missing`,
      severity: 'stop',
      section: body.sections.find((section) => section.role === role)?.title ?? role,
      message,
      fix,
    }));
}

function unfilledFields(body: ReportBody, template: Template | undefined): Complaint[] {
  return (template?.sections ?? []).flatMap((section) =>
    section.fields
      .filter(({ required }) => required)
      .filter(({ id }) => (valueOf(body, section.id, id) ?? '').trim() === '')
      .map(({ label }): Complaint => ({
        code: 'field-unfilled',
        severity: 'stop',
        section: section.title,
        quote: label,
        message: `"${label}" is required and empty.`,
        fix: `Fill in "${label}".`,
      })),
  );
}

function fieldsOutOfRange(body: ReportBody, template: Template | undefined): Complaint[] {
  return (template?.sections ?? []).flatMap((section) =>
    section.fields.flatMap(({ id, label, kind, min, max }): Complaint[] => {
      const value = (valueOf(body, section.id, id) ?? '').trim().replace(',', '.');
      if (kind !== 'number' || value === '') return [];
      const number = Number(value);
      const isFine = Number.isFinite(number) && number >= (min ?? -Infinity) && number <= (max ?? Infinity);
      if (isFine) return [];
      const range = `${min ?? '…'} to ${max ?? '…'}`;
      return [
        {
          code: 'field-range',
          severity: 'warn',
          section: section.title,
          quote: `${label}: ${value}`,
          message: `"${label}" is ${value}; expected is ${range}.`,
          fix: `Check "${label}".`,
        },
      ];
    }),
  );
}

/** A date that nobody understood stays as it was typed, and could not leave as one. */
function unreadDates(body: ReportBody, template: Template | undefined): Complaint[] {
  return (template?.sections ?? []).flatMap((section) =>
    section.fields.flatMap(({ id, label, kind }): Complaint[] => {
      const value = (valueOf(body, section.id, id) ?? '').trim();
      if (kind !== 'date' || value === '' || isPartialDate(value)) return [];
      return [
        {
          code: 'field-date',
          severity: 'warn',
          section: section.title,
          quote: `${label}: ${value}`,
          message: `"${label}" is no date that is understood: ${value}.`,
          fix: 'Write year, month and day: 2024-03-12, 2024-03 or 2024.',
        },
      ];
    }),
  );
}

const valueOf = (body: ReportBody, sectionId: string, fieldId: string): string | undefined =>
  body.sections.find(({ id }) => id === sectionId)?.fields.find(({ id }) => id === fieldId)?.value;

/** What templates and macros leave to be filled in: `[ ]`, `[left/right]`, `***`, `___`, `{size}`, `<side>`, `???`, `XX mm`, `TBD`. */
const PROMPT =
  /\[\s*\]|\[[^\]\n]{0,80}[/|][^\]\n]{0,80}\]|\[\s*(?:insert|enter|select|choose|specify|fill|describe|side|size|level|location|date|name|number|measurement|_+|x+|\?+)\b[^\]\n]{0,60}\]|\[[_.…?\s]+\]|\*{2,}|_{2,}|(?<![\w.])_(?![\w.])|\((?:left|right|bilateral|[RL][UML]L|mild|moderate|severe|small|medium|large|normal|abnormal|enlarged|upper|middle|lower|yes|no|present|absent|none|single|multiple)(?:\/(?:left|right|bilateral|[RL][UML]L|mild|moderate|severe|small|medium|large|normal|abnormal|enlarged|upper|middle|lower|yes|no|present|absent|none|single|multiple))+\)|\{[^}\n]{0,60}\}|<(?:describe|text|measurement|organ|laterality|free text|insert|enter|select|choose|side|size|level|location|date|name|number)\b[^>\n]{0,60}>|\?{2,}|\b(?:XX+|xx+)\b(?=\s*(?:mm|cm|x\b|$|[.,]))|\b(?:of|measuring|measures|up to|approximately|about)\s+(?:mm|cm|mL)\b|\bTBD\b|\b(?:TODO|FIXME)\b/g;

function leftoverPrompts(body: ReportBody): Complaint[] {
  return plainSections(body).flatMap(({ title, lines }) =>
    [...lines.join('\n').matchAll(PROMPT)].map(([quote]): Complaint => ({
      code: 'prompt-left',
      severity: 'stop',
      section: title,
      quote,
      message: `"${quote}" was left to be filled in.`,
      fix: 'Replace or remove it.',
    })),
  );
}

/** What the program drafted and nobody has read must not be signed as somebody's words. */
function unconfirmedDrafts(body: ReportBody): Complaint[] {
  return body.sections.filter(isProposed).map(({ title }) => ({
    code: 'draft-unconfirmed',
    severity: 'stop',
    section: title,
    message: `"${title}" is a draft made from the findings; nobody has confirmed it.`,
    fix: 'Read it, then confirm it with Alt D, or write your own.',
  }));
}

export function checkCompleteness(body: ReportBody, chosen: Template | undefined): Complaint[] {
  const template = chosen && templateOfBody(chosen, body);
  return [
    ...missingSections(body),
    ...unfilledFields(body, template),
    ...leftoverPrompts(body),
    ...unconfirmedDrafts(body),
    ...fieldsOutOfRange(body, template),
    ...unreadDates(body, template),
  ];
}
