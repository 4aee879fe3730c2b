import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';

import { PRIORITIES } from '#shared/domain/priority.ts';
import { isFilterEmpty } from '#shared/domain/saved-list.ts';
import { countOf } from '#shared/kernel/count-of.ts';

import { CommandButton } from '../commands/index.ts';
import { priorityWord } from '../ui/index.ts';
import { useChoices } from './list-choices.ts';
import { clearFilter, setFilter, useWorklist } from './worklist.ts';
import classes from './worklist.module.css';

export const SEARCH_ID = 'worklist-search';

/** Each part follows only what it shows: a key typed in the search field draws neither the choices nor the command again. */
export function FilterBar() {
  return (
    <div className={classes.filters} role="search" aria-label="Filter the worklist">
      <Search />
      <Choices />
      <ClearFilters />
      <Count />
      <ReadNext />
    </div>
  );
}

function Search() {
  const words = useWorklist((state) => state.filter.words);
  return (
    <TextInput
      id={SEARCH_ID}
      aria-label="Search the worklist"
      placeholder="Search name, MRN, exam, reason  ( / )"
      leftSection={<IconSearch size={16} aria-hidden />}
      value={words}
      onChange={(event) => setFilter({ words: event.currentTarget.value })}
      autoComplete="off"
      spellCheck={false}
      className={classes.search ?? ''}
    />
  );
}

function Choices() {
  const siteIds = useWorklist((state) => state.filter.siteIds);
  const chosenModalities = useWorklist((state) => state.filter.modalities);
  const priorities = useWorklist((state) => state.filter.priorities);
  const { sites, modalities } = useChoices();
  return (
    <>
      <NativeSelect
        aria-label="Site"
        value={chosen(siteIds)}
        onChange={(event) => setFilter({ siteIds: one(event.currentTarget.value) })}
        data={[{ value: '', label: 'All sites' }, ...several(siteIds), ...sites]}
      />
      <NativeSelect
        aria-label="Modality"
        value={chosen(chosenModalities)}
        onChange={(event) => setFilter({ modalities: one(event.currentTarget.value) })}
        data={[
          { value: '', label: 'All modalities' },
          ...several(chosenModalities),
          ...[...new Set([...modalities, ...chosenModalities])].map((value) => ({ value, label: value })),
        ]}
      />
      <NativeSelect
        aria-label="Priority"
        value={chosen(priorities)}
        onChange={(event) => setFilter({ priorities: PRIORITIES.filter((each) => each === event.currentTarget.value) })}
        data={[
          { value: '', label: 'All priorities' },
          ...several(priorities),
          ...PRIORITIES.map((value) => ({ value, label: priorityWord(value) })),
        ]}
      />
    </>
  );
}

function ClearFilters() {
  const isEmpty = useWorklist((state) => isFilterEmpty(state.filter));
  return isEmpty ? null : <Button onClick={clearFilter}>Clear filters</Button>;
}

function Count() {
  const shown = useWorklist((state) => state.order.length);
  const all = useWorklist((state) => state.answer?.rows.length ?? 0);
  const readings = countOf(all, 'reading');
  return <span className={classes.count}>{shown === all ? readings : `${shown} of ${readings}`}</span>;
}

function ReadNext() {
  const hasNext = useWorklist((state) => state.answer?.nextTaskId !== undefined);
  return <CommandButton id="worklist.read-next" variant="filled" isDisabled={!hasNext} />;
}

/** A select shows one choice; a saved list may hold several. */
const SEVERAL = 'several';
const chosen = (values: readonly string[]): string => (values.length > 1 ? SEVERAL : (values[0] ?? ''));
const one = (value: string): readonly string[] => (value === '' ? [] : [value]);
const several = (values: readonly string[]): { readonly value: string; readonly label: string }[] =>
  values.length > 1 ? [{ value: SEVERAL, label: `${values.length} chosen` }] : [];
