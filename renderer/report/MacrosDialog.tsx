import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';

import { LONGEST_MACRO, MACRO_NAME, MACRO_VARIABLES, MOST_MACROS, type Macro } from '#shared/reporting/macro.ts';

import { closeDialog, useDialog } from '../ui/index.ts';
import { keepMacros, loadMacros, useMacros } from './macros.ts';
import classes from './report.module.css';

/** The reader's macros, to be written and deleted, and the group's, to be looked at. */
export function MacrosDialog() {
  const isOpen = useDialog(({ open }) => open === 'macros');
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Macros" size="lg">
      {isOpen && <MacroLists />}
    </Modal>
  );
}

function MacroLists() {
  const { own, shared } = useMacros();
  const [edited, setEdited] = useState<Macro>();
  useEffect(() => void loadMacros(), []);
  return (
    <div className={classes.macros}>
      <MacroForm key={edited?.name ?? ''} edited={edited} onDone={() => setEdited(undefined)} />
      {own.length > 0 && (
        <ul aria-label="My macros" className={classes.macroList}>
          {own.map((macro) => (
            <li key={macro.name}>
              <MacroLine macro={macro} />
              <Button aria-label={`Edit .${macro.name}`} onClick={() => setEdited(macro)}>
                Edit
              </Button>
              <Button
                aria-label={`Delete .${macro.name}`}
                onClick={() =>
                  void keepMacros(
                    own.filter((other) => other !== macro),
                    `Macro .${macro.name} deleted.`,
                  )
                }
              >
                Delete
              </Button>
            </li>
          ))}
        </ul>
      )}
      {shared.length > 0 && (
        <ul aria-label="Shared macros" className={classes.macroList}>
          {shared.map((macro) => (
            <li key={macro.name}>
              <MacroLine macro={macro} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const MacroLine = ({ macro }: { readonly macro: Macro }) => (
  <span className={classes.macroLine}>
    <b>.{macro.name}</b> {macro.text}
  </span>
);

function MacroForm({ edited, onDone }: { readonly edited: Macro | undefined; readonly onDone: () => void }) {
  const { own } = useMacros();
  const [name, setName] = useState(edited?.name ?? '');
  const [text, setText] = useState(edited?.text ?? '');
  const [error, setError] = useState<string>();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const short = name.trim().replace(/^\./, '').toLowerCase();
    if (!MACRO_NAME.test(short)) return setError('Letters, digits and hyphens, at most 30.');
    if (text.trim() === '') return setError('The macro has no text.');
    const others = own.filter((macro) => macro !== edited && macro.name.toLowerCase() !== short);
    if (others.length >= MOST_MACROS) return setError(`There are ${MOST_MACROS} macros already: delete one first.`);
    void keepMacros(
      [...others, { name: short, text }].toSorted((one, other) => (one.name < other.name ? -1 : 1)),
      `Macro .${short} saved.`,
    );
    setName('');
    setText('');
    setError(undefined);
    onDone();
  };
  return (
    <form onSubmit={onSubmit} className={classes.macros}>
      <p className={classes.quiet}>
        In a report, a dot, the short name and Tab write the text. Filled in from the case:{' '}
        {MACRO_VARIABLES.map((variable) => `{${variable}}`).join(', ')}.
      </p>
      <TextInput
        label="Short name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={error}
        maxLength={31}
        autoComplete="off"
        autoFocus
      />
      <Textarea
        label="Text"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={3}
        maxLength={LONGEST_MACRO}
      />
      <Group justify="flex-end" gap="xs">
        <Button onClick={closeDialog}>Close</Button>
        <Button type="submit" variant="filled">
          Save macro
        </Button>
      </Group>
    </form>
  );
}
