import { useMemo } from 'react';

import { useWorklist } from './worklist.ts';

/** The sites and modalities on the list, for choosing among them. */
export function useChoices(): {
  readonly sites: { readonly value: string; readonly label: string }[];
  readonly modalities: string[];
} {
  const rows = useWorklist((state) => state.answer?.rows);
  return useMemo(() => {
    const sites = new Map<string, string>();
    const modalities = new Set<string>();
    for (const { siteId, siteName, exam } of rows ?? []) {
      sites.set(siteId, siteName);
      if (exam.modality !== undefined) modalities.add(exam.modality);
    }
    return { sites: [...sites].map(([value, label]) => ({ value, label })), modalities: [...modalities].sort() };
  }, [rows]);
}
