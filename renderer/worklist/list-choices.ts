import { create } from 'zustand';

import type { WorklistRow } from '../bridge/index.ts';

export interface ListChoices {
  readonly sites: readonly { readonly value: string; readonly label: string }[];
  readonly modalities: readonly string[];
}

/** The sites and modalities on the list, for choosing among them. */
export const useChoices = create<ListChoices>()(() => ({ sites: [], modalities: [] }));

export function findChoices(rows: readonly WorklistRow[]): void {
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
