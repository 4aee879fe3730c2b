import { describe, expect, it } from 'vitest';

import { createTemplateChoice } from '#electron/workstation/template-choice.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { Exam } from '#shared/domain/order.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Site } from '#shared/domain/site.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { chooseTemplate, PLAIN_TEMPLATE } from '#shared/reporting/choose-template.ts';
import type { Template } from '#shared/reporting/report.ts';
import { readingTask } from '#tests/support/reading-tasks.ts';

const NOW = Date.UTC(2026, 10, 22) as EpochMs;
const template = (id: string, modality: string): Template => ({
  ...PLAIN_TEMPLATE,
  id,
  title: id,
  modalities: [modality],
});
const templates = [template('ct', 'CT'), template('ct-mine', 'CT'), template('ct-site', 'CT'), template('mr', 'MR')];
const exam: Exam = { text: 'CT  Head', code: '70450', codeSystem: 'C4', modality: 'CT' };
const task = (change: Partial<Exam> = {}, birthDate = '1950-01-01'): ReadingTask => {
  const one = readingTask('t1', { exam: { ...exam, ...change }, siteId: 'mercy' as SiteId });
  return { ...one, patient: { ...one.patient, birthDate } };
};

function choice(siteTemplates?: Site['templates']) {
  const kept = new Map<string, unknown>();
  const settings = {
    load: (name: string) => Promise.resolve(kept.get(name)),
    save: (name: string, value: unknown) =>
      Promise.resolve(kept.set(name, structuredClone(value)) && ('saved' as const)),
  };
  const site = { id: 'mercy', templates: siteTemplates } as unknown as Site;
  const ports = { templates, chooseTemplate, settings, sites: () => [site], clock: { now: () => NOW } };
  return { kept, settings, ports, made: createTemplateChoice(ports) };
}
const idFor = async (made: ReturnType<typeof createTemplateChoice>, which = task()) => (await made.of(which)).id;

describe('the template a report begins with', () => {
  it('is the one that fits, unless the site names one by the code or the words of the exam', async () => {
    expect(await idFor(choice().made)).toBe('ct');
    expect(await idFor(choice([{ exam: '70450', template: 'ct-site' }]).made)).toBe('ct-site');
    expect(await idFor(choice([{ exam: 'ct head', template: 'ct-site' }]).made)).toBe('ct-site');
    expect(await idFor(choice([{ exam: '70460', template: 'ct-site' }]).made)).toBe('ct');
    expect(await idFor(choice([{ exam: '70450', template: 'gone' }]).made)).toBe('ct');
  });

  it('is what this reader signed such an exam with, also after a restart, until they go back', async () => {
    const { made, ports } = choice([{ exam: '70450', template: 'ct-site' }]);
    await made.noteSigned(task(), 'ct-mine');
    expect(await idFor(made)).toBe('ct-mine');
    expect(await idFor(createTemplateChoice(ports))).toBe('ct-mine');
    expect(await idFor(made, task({ code: '70460' }))).toBe('ct');
    await made.noteSigned(task(), 'ct-site');
    expect(await idFor(made)).toBe('ct-site');
  });

  it('is a child’s own', async () => {
    const { made } = choice();
    await made.noteSigned(task(), 'ct-mine');
    expect(await idFor(made, task({}, '2020-01-01'))).toBe('ct');
  });

  it('remembers nothing of what would be chosen anyway, or of a template that is not there', async () => {
    const { made, kept } = choice();
    await made.noteSigned(task(), 'ct');
    await made.noteSigned(task(), 'gone');
    expect(kept.size).toBe(0);
  });

  it('goes by the words where an order has no code', async () => {
    const { made } = choice();
    const wordless = (text: string) => readingTask('t2', { exam: { text, modality: 'CT' }, siteId: 'mercy' as SiteId });
    await made.noteSigned(wordless('CT abdomen'), 'ct-mine');
    expect(await idFor(made, wordless(' ct  ABDOMEN '))).toBe('ct-mine');
    expect(await idFor(made, wordless('CT chest'))).toBe('ct');
  });
});
