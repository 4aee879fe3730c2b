import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Template } from '#shared/reporting/report.ts';
import type { TemplateComplaint } from './complaints.ts';
import { parseMrrt } from './parse-mrrt.ts';

export interface LoadedTemplates {
  readonly templates: readonly Template[];
  /** Files that did not become a template, with the reason. */
  readonly refused: readonly { readonly file: string; readonly complaints: readonly TemplateComplaint[] }[];
}

/** Every `.html` of the folders, by name; of two templates with one id the later folder's stands (a user's own over ours). */
export async function loadTemplates(folders: readonly string[]): Promise<LoadedTemplates> {
  const byId = new Map<string, Template>();
  const refused: { file: string; complaints: readonly TemplateComplaint[] }[] = [];
  for (const folder of folders) {
    const names = (await readdir(folder)).filter((name) => /\.html?$/i.test(name)).toSorted();
    for (const name of names) {
      const { template, complaints } = parseMrrt(await readFile(join(folder, name), 'utf8'));
      if (template === undefined) refused.push({ file: name, complaints });
      else byId.set(template.id, template);
    }
  }
  return { templates: [...byId.values()], refused };
}
