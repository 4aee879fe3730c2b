import { addEntry, entriesOf, entryTitle, removeEntry, type Entry } from '#shared/reporting/entries.ts';
import type { ReportSection, TemplateGroup } from '#shared/reporting/report.ts';

import { say } from '../ui/index.ts';
import { usePlace, useReport } from './current-report.ts';
import { goToPlace } from './dictated.ts';

const sectionNow = (sectionId: string): ReportSection | undefined =>
  useReport
    .getState()
    .keeper?.store.getState()
    .body.sections.find(({ id }) => id === sectionId);

/** The page has the fields only once it was drawn anew. */
const goSoon = (id: string): void => void requestAnimationFrame(() => goToPlace(id));

export function addEntryTo(sectionId: string, group: TemplateGroup): void {
  useReport.getState().keeper?.edit(addEntry(sectionId, group));
  const section = sectionNow(sectionId);
  const added = section && entriesOf(section).findLast(({ groupId }) => groupId === group.id);
  const [first] = added?.fields ?? [];
  if (first !== undefined) goSoon(first.id);
}

/** Goes on in the entry before it, else in the one behind, else in the section's text. */
export function removeEntryFrom(sectionId: string, entry: Entry): void {
  const section = sectionNow(sectionId);
  if (section === undefined) return;
  const entries = entriesOf(section).filter(({ groupId }) => groupId === entry.groupId);
  const at = entries.findIndex(({ key }) => key === entry.key);
  const next = entries[at - 1] ?? entries[at + 1];
  useReport.getState().keeper?.edit(removeEntry(sectionId, entry.groupId, entry.key));
  say(`${entryTitle(entry)} removed: Ctrl Z brings it back.`);
  goSoon(next?.fields[0]?.id ?? sectionId);
}

interface GroupPlace {
  readonly sectionId: string;
  readonly group: TemplateGroup;
}

/** The group where the reader works, else the first of the section, else of the report. */
function groupHere(): GroupPlace | undefined {
  const { template, opened } = useReport.getState();
  const { place } = usePlace.getState();
  const all = (template ?? opened?.template)?.sections ?? [];
  const groups = all.flatMap(({ id, groups: own = [] }) => own.map((group): GroupPlace => ({ sectionId: id, group })));
  const ofField = entryHere()?.entry.groupId;
  return (
    groups.find(({ group }) => group.id === ofField) ??
    groups.find(({ sectionId }) => sectionId === place.sectionId) ??
    groups[0]
  );
}

/** The entry that has the focus. */
function entryHere(): { readonly sectionId: string; readonly entry: Entry } | undefined {
  const focused = document.activeElement?.closest<HTMLElement>('[data-region=report] [data-field]');
  const { sectionId } = usePlace.getState().place;
  const section = sectionId === undefined ? undefined : sectionNow(sectionId);
  const entry =
    section && entriesOf(section).find(({ fields }) => fields.some(({ id }) => id === focused?.dataset['field']));
  return sectionId === undefined || entry === undefined ? undefined : { sectionId, entry };
}

const canWrite = (): boolean => useReport.getState().opened?.canReport === true;
export const canAddEntry = (): boolean => canWrite() && groupHere() !== undefined;
export const canRemoveEntry = (): boolean => canWrite() && entryHere() !== undefined;

export function addEntryHere(): void {
  const here = groupHere();
  if (here !== undefined) addEntryTo(here.sectionId, here.group);
}

export function removeEntryHere(): void {
  const here = entryHere();
  if (here !== undefined) removeEntryFrom(here.sectionId, here.entry);
}
