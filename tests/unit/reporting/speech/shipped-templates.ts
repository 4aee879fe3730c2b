import { fileURLToPath } from 'node:url';

import { loadTemplates } from '#electron/adapters/mrrt/load-templates.ts';
import { startReport, type SectionRole, type Template } from '#shared/reporting/report.ts';
import type { SpeechPlace } from '#shared/reporting/speech/speech.ts';

const FOLDER = fileURLToPath(new URL('../../../../build/templates/', import.meta.url));

export async function shippedTemplates(): Promise<readonly Template[]> {
  const { templates } = await loadTemplates([FOLDER]);
  return templates;
}

/** A caret in a section of a template, nothing written yet. */
export function placeIn(
  templates: readonly Template[],
  name: string,
  role: SectionRole | undefined,
  more: Partial<SpeechPlace> = {},
): SpeechPlace {
  const template = templates.find(({ id }) => id === `urn:overread:template:${name}`);
  if (template === undefined) throw new Error(`no template ${name}`);
  const section = template.sections.find((one) => one.role === role);
  return {
    template,
    body: startReport(template),
    ...(section === undefined ? {} : { sectionId: section.id }),
    commands: [
      { id: 'worklist.read-next', phrases: ['read next'] },
      { id: 'report.sign', phrases: ['sign report', 'sign'] },
    ],
    macroNames: ['nl', 'normal-chest', 'ct2'],
    before: '',
    ...more,
  };
}
