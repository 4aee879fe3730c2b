import type { Exam } from '#shared/domain/order.ts';
import { ageInYears, CHILD_YEARS } from '#shared/domain/patient.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Template } from '#shared/reporting/report.ts';

import type { WorkstationPorts } from './ports.ts';
import { createStoredList } from './stored-list.ts';

/** The template a report begins with: the reader's own for such an exam, else the site's, else the one that fits the exam best. */
export interface TemplateChoice {
  of(task: ReadingTask): Promise<Template>;
  /** A report of such an exam was signed with this template: the next begins with it. Going back to what would be chosen anyway forgets it. */
  noteSigned(task: ReadingTask, templateId: string): Promise<void>;
}

type Ports = Pick<WorkstationPorts, 'templates' | 'chooseTemplate' | 'settings' | 'sites' | 'clock'>;

interface Remembered {
  readonly exam: string;
  readonly templateId: string;
}

/** The choices made last. */
const MOST_REMEMBERED = 300;

const rememberedSchema = {
  safeParse: (value: unknown) =>
    isRemembered(value) ? ({ success: true, data: value } as const) : ({ success: false } as const),
};
const isRemembered = (value: unknown): value is Remembered =>
  typeof value === 'object' &&
  value !== null &&
  'exam' in value &&
  typeof value.exam === 'string' &&
  'templateId' in value &&
  typeof value.templateId === 'string';

const plain = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toUpperCase();

export function createTemplateChoice(ports: Ports): TemplateChoice {
  const { templates, clock } = ports;
  const list = createStoredList<Remembered>(ports.settings, 'template-choices', rememberedSchema);
  const byId = (id: string | undefined) => templates.find((template) => template.id === id);
  const isChild = ({ patient }: ReadingTask) => (ageInYears(patient.birthDate, clock.now()) ?? Infinity) < CHILD_YEARS;
  /** Children are their own exams: what was chosen for a grown-up is not for them. */
  const keyOf = (task: ReadingTask) => `${isChild(task) ? 'child ' : ''}${examKey(task.exam)}`;

  function usual(task: ReadingTask): Template {
    const { exam, siteId } = task;
    const rules = ports.sites().find(({ id }) => id === siteId)?.templates ?? [];
    const rule = rules.find((each) => each.exam === exam.code || plain(each.exam) === plain(exam.text));
    return byId(rule?.template) ?? ports.chooseTemplate(templates, exam, { isChild: isChild(task) });
  }

  return {
    async of(task) {
      const key = keyOf(task);
      const own = (await list.load()).find(({ exam }) => exam === key);
      return byId(own?.templateId) ?? usual(task);
    },
    async noteSigned(task, templateId) {
      const key = keyOf(task);
      const before = await list.load();
      const others = before.filter(({ exam }) => exam !== key);
      const isUsual = byId(templateId) === undefined || usual(task).id === templateId;
      if (isUsual && others.length === before.length) return;
      await list.save(isUsual ? others : [{ exam: key, templateId }, ...others].slice(0, MOST_REMEMBERED));
    },
  };
}

/** The same exam, as far as its order tells: by code, else by its words. */
const examKey = ({ code, codeSystem, text }: Exam): string =>
  code === undefined ? `text ${plain(text)}` : `code ${codeSystem ?? ''}|${code}`;
