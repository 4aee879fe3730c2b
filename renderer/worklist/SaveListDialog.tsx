import { Button, Checkbox, Group, Modal, MultiSelect, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';

import { PRIORITIES } from '#shared/domain/priority.ts';
import { LIST_STATES, MOST_SAVED_LISTS, type ListFilter } from '#shared/domain/saved-list.ts';

import { closeDialog, priorityWord, useDialog } from '../ui/index.ts';
import { deleteList, saveList, useLists } from './lists.ts';
import { useChoices } from './list-choices.ts';
import { CLASS_WORDS } from './row-words.ts';
import { useWorklist } from './worklist.ts';
import classes from './worklist.module.css';

/** Filters become a list with a name; begins with what the list shows now. */
export function SaveListDialog() {
  const isOpen = useDialog(({ open }) => open === 'save-list');
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Save list" size="lg">
      {isOpen && <SaveListForm />}
    </Modal>
  );
}

const STATE_WORDS: Readonly<Record<ListFilter['state'], string>> = {
  all: 'Any',
  unreported: 'Unreported',
  here: 'Unreported, images here',
  held: 'Being read',
  mine: 'Mine',
  signed: 'Signed',
};

function SaveListForm() {
  const shown = useWorklist(({ filter }) => filter);
  const openListId = useWorklist(({ listId }) => listId);
  const saved = useLists((state) => state.saved);
  const { sites, modalities } = useChoices();
  const [name, setName] = useState(saved.find(({ id }) => id === openListId)?.name ?? '');
  const [filter, setFilter] = useState<ListFilter>(shown);
  const [error, setError] = useState<string>();
  const set = (part: Partial<ListFilter>) => setFilter((before) => ({ ...before, ...part }));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return setError('Give the list a name.');
    if (saved.length >= MOST_SAVED_LISTS && saved.every((list) => list.name !== name.trim()))
      return setError(`There are ${MOST_SAVED_LISTS} lists already: delete one first.`);
    closeDialog();
    void saveList(name.trim(), { ...filter, bodyParts: filter.bodyParts.map((part) => part.trim()).filter(Boolean) });
  };
  return (
    <form onSubmit={onSubmit} className={classes.form}>
      <TextInput
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={error}
        maxLength={80}
        autoComplete="off"
        autoFocus
      />
      <div className={classes.fields}>
        <NativeSelect
          label="State"
          value={filter.state}
          onChange={(event) =>
            set({ state: LIST_STATES.find((state) => state === event.currentTarget.value) ?? 'all' })
          }
          data={LIST_STATES.map((value) => ({ value, label: STATE_WORDS[value] }))}
        />
        <MultiSelect
          label="Patient from"
          value={[...filter.patientClasses]}
          onChange={(values) => set({ patientClasses: CLASSES.filter((each) => values.includes(each)) })}
          data={CLASSES.map((value) => ({ value, label: CLASS_WORDS[value] }))}
        />
        <MultiSelect
          label="Modality"
          value={[...filter.modalities]}
          onChange={(values) => set({ modalities: values })}
          data={[...new Set([...modalities, ...filter.modalities, ...COMMON_MODALITIES])]}
        />
        <TextInput
          label="Body part or exam"
          placeholder="brain, head"
          value={filter.bodyParts.join(', ')}
          onChange={(event) => set({ bodyParts: wordsOf(event.currentTarget.value) })}
          autoComplete="off"
        />
        <MultiSelect
          label="Priority"
          value={[...filter.priorities]}
          onChange={(values) => set({ priorities: PRIORITIES.filter((each) => values.includes(each)) })}
          data={PRIORITIES.map((value) => ({ value, label: priorityWord(value) }))}
        />
        <MultiSelect
          label="Site"
          value={[...filter.siteIds]}
          onChange={(values) => set({ siteIds: values })}
          data={sites}
        />
        <Amount
          label="Age from, years"
          value={filter.ageFromYears}
          onChange={(value) => set(amount('ageFromYears', value))}
        />
        <Amount
          label="Age to, years"
          value={filter.ageToYears}
          onChange={(value) => set(amount('ageToYears', value))}
        />
        <Amount
          label="Older than, minutes"
          value={filter.olderThanMinutes}
          onChange={(value) => set(amount('olderThanMinutes', value))}
        />
        <Amount
          label="Due within, minutes"
          value={filter.dueWithinMinutes}
          onChange={(value) => set(amount('dueWithinMinutes', value))}
        />
        <TextInput
          label="Words"
          value={filter.words}
          onChange={(event) => set({ words: event.currentTarget.value })}
          maxLength={200}
          autoComplete="off"
        />
        <Checkbox
          label="Only with warnings"
          checked={filter.hasWarnings}
          onChange={(event) => set({ hasWarnings: event.currentTarget.checked })}
          className={classes.check ?? ''}
        />
      </div>
      <Group justify="space-between" gap="xs">
        <OwnLists />
        <Group gap="xs">
          <Button onClick={closeDialog}>Cancel</Button>
          <Button type="submit" variant="filled">
            Save list
          </Button>
        </Group>
      </Group>
    </form>
  );
}

const CLASSES = ['emergency', 'icu', 'inpatient', 'outpatient'] as const;
const COMMON_MODALITIES = ['CT', 'MR', 'DX', 'CR', 'US', 'MG', 'NM', 'PT'];

/** A word being typed ends with the comma, so that a comma can be typed at all. */
const wordsOf = (text: string): readonly string[] => text.split(/,\s*/).map((word) => word.trimStart());

type Amounts = 'ageFromYears' | 'ageToYears' | 'olderThanMinutes' | 'dueWithinMinutes';
const amount = (key: Amounts, value: number | undefined): Partial<ListFilter> =>
  ({ [key]: value }) as Partial<ListFilter>;

function Amount(props: {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}) {
  return (
    <NumberInput
      label={props.label}
      value={props.value ?? ''}
      min={0}
      max={100_000}
      onChange={(value) => props.onChange(typeof value === 'number' ? value : undefined)}
      hideControls
    />
  );
}

function OwnLists() {
  const saved = useLists((state) => state.saved);
  const openListId = useWorklist(({ listId }) => listId);
  const open = saved.find(({ id }) => id === openListId);
  if (open === undefined) return <span />;
  return (
    <Button
      leftSection={<IconTrash size={16} aria-hidden />}
      onClick={() => {
        closeDialog();
        void deleteList(open.id);
      }}
    >
      Delete list
    </Button>
  );
}
