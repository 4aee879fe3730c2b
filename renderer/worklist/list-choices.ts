import { create } from 'zustand';

import type { WorklistRow } from '../bridge/index.ts';
import type { ListChange } from './list-change.ts';

export interface ListChoices {
  readonly sites: readonly { readonly value: string; readonly label: string }[];
  readonly modalities: readonly string[];
}

/** The sites and modalities on the list, for choosing among them. */
export const useChoices = create<ListChoices>()(() => ({ sites: [], modalities: [] }));

/** `change`: what the rows have changed since they were last looked through, where that is known. */
export function findChoices(rows: readonly WorklistRow[], change: Pick<ListChange, 'come' | 'gone'> | undefined): void {
  if (change !== undefined && kindsOf(change.come) === kindsOf(change.gone)) return;
  const names = new Map<string, string>();
  const found = new Set<string>();
  for (const { siteId, siteName, exam } of rows) {
    names.set(siteId, siteName);
    if (exam.modality !== undefined) found.add(exam.modality);
  }
  const choices = { sites: [...names].map(([value, label]) => ({ value, label })), modalities: [...found].sort() };
  const { sites, modalities } = useChoices.getState();
  if (JSON.stringify(choices) !== JSON.stringify({ sites, modalities })) useChoices.setState(choices);
}

const kindsOf = (rows: readonly WorklistRow[]): string =>
  JSON.stringify(
    rows.map(({ siteId, siteName, exam }) => JSON.stringify([siteId, siteName, exam.modality])).toSorted(),
  );
