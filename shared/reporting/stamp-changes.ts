import type { EpochMs } from '../kernel/clock.ts';
import type { ReportBody, ReportField, ReportSection } from './report.ts';

/** Every value that this change made another bears the time of it; all else stays the same object. */
export function stampChanges(before: ReportBody, after: ReportBody, at: EpochMs): ReportBody {
  if (before === after) return after;
  const sections = after.sections.map((section): ReportSection => {
    const old = before.sections.find(({ id }) => id === section.id);
    if (old === section) return section;
    const fields = section.fields.map((field): ReportField => {
      const was = old?.fields.find(({ id }) => id === field.id);
      const isSame = field === was || (was?.value === field.value && was.source === field.source);
      return isSame || field.source === 'default' ? field : { ...field, at };
    });
    const isSameText = old?.text === section.text && old.textSource === section.textSource;
    return {
      ...section,
      fields: fields.every((field, place) => field === section.fields[place]) ? section.fields : fields,
      ...(isSameText || section.textSource === 'default' ? {} : { textAt: at }),
    };
  });
  return { ...after, sections };
}
