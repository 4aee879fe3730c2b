import { describe, expect, it } from 'vitest';

import { startReport, type Template, type TemplateSection } from '#shared/reporting/report.ts';
import { tellIndication } from '#shared/reporting/tell-indication.ts';

const section = (role: TemplateSection['role'], defaultText = ''): TemplateSection => ({
  id: role,
  title: role,
  role,
  fields: [],
  defaultText,
});
const started = (...sections: TemplateSection[]) =>
  startReport({ id: 't', title: 'CT head', sections } as unknown as Template);
const texts = (body: ReturnType<typeof started>) => body.sections.map(({ text, textSource }) => [text, textSource]);

describe('the indication of a report that is begun', () => {
  it('is the reason of the order, on one line, and is marked as such', () => {
    const body = tellIndication(
      started(section('indication'), section('findings')),
      ' Left weakness,\n last well 01:10 ',
    );
    expect(texts(body)).toEqual([
      ['Left weakness, last well 01:10', 'order'],
      ['', 'default'],
    ]);
  });

  it('stays as it is where the order says nothing, too much, or the template says it already or has no place', () => {
    const empty = started(section('indication'));
    expect(tellIndication(empty, undefined)).toBe(empty);
    expect(tellIndication(empty, '  ')).toBe(empty);
    expect(tellIndication(empty, 'x'.repeat(501))).toBe(empty);
    const filled = started(section('indication', 'Screening.'));
    expect(tellIndication(filled, 'Pain')).toBe(filled);
    const without = started(section('findings'));
    expect(tellIndication(without, 'Pain')).toBe(without);
  });
});
