import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';

import { PRIORITIES } from '#shared/domain/priority.ts';

import { CommandButton } from '../commands/index.ts';
import { priorityWord } from '../ui/index.ts';
import { hasFilters } from './filter-rows.ts';
import { clearFilters, setFilters, useWorklist } from './worklist.ts';
import classes from './worklist.module.css';

export const SEARCH_ID = 'worklist-search';

export function FilterBar() {
  const filters = useWorklist((state) => state.filters);
  const rows = useWorklist((state) => state.answer?.rows);
  const shown = useWorklist((state) => state.order.length);
  const sites = useMemo(() => new Map((rows ?? []).map((row) => [row.siteId, row.siteName])), [rows]);
  const modalities = useMemo(
    () => [...new Set((rows ?? []).map((row) => row.exam.modality).filter((value) => value !== undefined))].sort(),
    [rows],
  );
  const all = rows?.length ?? 0;
  const hasNext = useWorklist((state) => state.answer?.nextTaskId !== undefined);
  return (
    <div className={classes.filters} role="search" aria-label="Filter the worklist">
      <TextInput
        id={SEARCH_ID}
        aria-label="Search the worklist"
        placeholder="Search name, MRN, exam, reason  ( / )"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={filters.words}
        onChange={(event) => setFilters({ words: event.currentTarget.value })}
        autoComplete="off"
        spellCheck={false}
        className={classes.search ?? ''}
      />
      <NativeSelect
        aria-label="Site"
        value={filters.siteId}
        onChange={(event) => setFilters({ siteId: event.currentTarget.value })}
        data={[{ value: '', label: 'All sites' }, ...[...sites].map(([value, label]) => ({ value, label }))]}
      />
      <NativeSelect
        aria-label="Modality"
        value={filters.modality}
        onChange={(event) => setFilters({ modality: event.currentTarget.value })}
        data={[{ value: '', label: 'All modalities' }, ...modalities.map((value) => ({ value, label: value }))]}
      />
      <NativeSelect
        aria-label="Priority"
        value={filters.priority}
        onChange={(event) => setFilters({ priority: event.currentTarget.value })}
        data={[
          { value: '', label: 'All priorities' },
          ...PRIORITIES.map((value) => ({ value, label: priorityWord(value) })),
        ]}
      />
      {hasFilters(filters) && <Button onClick={clearFilters}>Clear filters</Button>}
      <span className={classes.count}>{shown === all ? `${all} readings` : `${shown} of ${all} readings`}</span>
      <CommandButton id="worklist.read-next" variant="filled" isDisabled={!hasNext} />
    </div>
  );
}
