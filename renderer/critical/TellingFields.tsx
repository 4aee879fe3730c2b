import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useId } from 'react';

import { TELLING_WAYS, type TellingWay } from '#shared/domain/critical-result.ts';

import type { Answer } from '../bridge/index.ts';
import classes from './critical.module.css';

export interface ToldFields {
  readonly name: string;
  readonly role: string;
  readonly how: TellingWay;
  readonly readBack: boolean;
}

export const NOBODY_TOLD: ToldFields = { name: '', role: '', how: 'phone', readBack: false };

export const isTold = ({ name, role }: ToldFields): boolean => name.trim() !== '' && role.trim() !== '';

const HOW_WORDS: Readonly<Record<TellingWay, string>> = {
  phone: 'By phone',
  message: 'By message',
  'in-person': 'In person',
};

type Contact = Answer<'criticalForm'>['contacts'][number];

/** Whom, how, read back or not: the same wherever a call is recorded. */
export function TellingFields(props: {
  readonly told: ToldFields;
  readonly contacts: readonly Contact[];
  readonly onChange: (told: ToldFields) => void;
  readonly hasFocusFirst?: boolean;
}) {
  const { told, contacts, onChange } = props;
  const listId = useId();
  const choose = (name: string) => {
    const known = contacts.find((contact) => contact.name === name);
    onChange({ ...told, name, role: known?.role ?? told.role });
  };
  return (
    <fieldset className={classes.telling}>
      <legend>Told to</legend>
      {contacts.length > 0 && (
        <ul className={classes.contacts} aria-label="Whom to call">
          {contacts.map((contact) => (
            <li key={`${contact.name} ${contact.phone}`} data-on-call={contact.isOnCall}>
              {contact.name}, {contact.role} <strong>{contact.phone}</strong>
              <span className={classes.quiet}>{contact.isOnCall ? ' on call now' : ' off duty'}</span>
            </li>
          ))}
        </ul>
      )}
      <datalist id={listId}>
        {contacts.map(({ name, phone }) => (
          <option key={`${name} ${phone}`} value={name} />
        ))}
      </datalist>
      <div className={classes.pair}>
        <TextInput
          label="Name"
          list={listId}
          value={told.name}
          maxLength={200}
          autoComplete="off"
          autoFocus={props.hasFocusFirst === true}
          onChange={(event) => choose(event.currentTarget.value)}
        />
        <TextInput
          label="Role"
          value={told.role}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => onChange({ ...told, role: event.currentTarget.value })}
        />
        <NativeSelect
          label="How"
          value={told.how}
          data={TELLING_WAYS.map((way) => ({ value: way, label: HOW_WORDS[way] }))}
          onChange={(event) => {
            const how = TELLING_WAYS.find((way) => way === event.currentTarget.value) ?? 'phone';
            onChange({ ...told, how });
          }}
        />
      </div>
      <Checkbox
        label="They read it back"
        checked={told.readBack}
        onChange={(event) => onChange({ ...told, readBack: event.currentTarget.checked })}
      />
    </fieldset>
  );
}
