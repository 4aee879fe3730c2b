import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';

import { PRIORITIES } from '#shared/domain/priority.ts';
import { isFilterEmpty } from '#shared/domain/saved-list.ts';

import { CommandButton } from '../commands/index.ts';
import { priorityWord } from '../ui/index.ts';
import { useChoices } from './list-choices.ts';
import { clearFilter, setFilter, useWorklist } from './worklist.ts';
import classes from './worklist.module.css';

export const SEARCH_ID = 'worklist-search';

export function FilterBar() {
  const filter = useWorklist((state) => state.filter);
  const shown = useWorklist((state) => state.order.length);
  const { sites, modalities } = useChoices();
  const all = useWorklist((state) => state.answer?.rows.length ?? 0);
  const hasNext = useWorklist((state) => state.answer?.nextTaskId !== undefined);
  return (
    <div className={classes.filters} role="search" aria-label="Filter the worklist">
      <TextInput
        id={SEARCH_ID}
        aria-label="Search the worklist"
        placeholder="Search name, MRN, exam, reason  ( / )"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={filter.words}
        onChange={(event) => setFilter({ words: event.currentTarget.value })}
        autoComplete="off"
        spellCheck={false}
        className={classes.search ?? ''}
      />
      <NativeSelect
        aria-label="Site"
        value={chosen(filter.siteIds)}
        onChange={(event) => setFilter({ siteIds: one(event.currentTarget.value) })}
        data={[{ value: '', label: 'All sites' }, ...several(filter.siteIds), ...sites]}
      />
      <NativeSelect
        aria-label="Modality"
        value={chosen(filter.modalities)}
        onChange={(event) => setFilter({ modalities: one(event.currentTarget.value) })}
        data={[
          { value: '', label: 'All modalities' },
          ...several(filter.modalities),
          ...[...new Set([...modalities, ...filter.modalities])].map((value) => ({ value, label: value })),
        ]}
      />
      <NativeSelect
        aria-label="Priority"
        value={chosen(filter.priorities)}
        onChange={(event) => setFilter({ priorities: PRIORITIES.filter((each) => each === event.currentTarget.value) })}
        data={[
          { value: '', label: 'All priorities' },
          ...several(filter.priorities),
          ...PRIORITIES.map((value) => ({ value, label: priorityWord(value) })),
        ]}
      />
      {!isFilterEmpty(filter) && <Button onClick={clearFilter}>Clear filters</Button>}
      <span className={classes.count}>{shown === all ? `${all} readings` : `${shown} of ${all} readings`}</span>
      <CommandButton id="worklist.read-next" variant="filled" isDisabled={!hasNext} />
    </div>
  );
}

/** A select shows one choice; a saved list may hold several. */
const SEVERAL = 'several';
const chosen = (values: readonly string[]): string => (values.length > 1 ? SEVERAL : (values[0] ?? ''));
const one = (value: string): readonly string[] => (value === '' ? [] : [value]);
const several = (values: readonly string[]): { readonly value: string; readonly label: string }[] =>
  values.length > 1 ? [{ value: SEVERAL, label: `${values.length} chosen` }] : [];
