import { useState, type SyntheticEvent } from 'react';
import { LONGEST_HANGING_NAME, MOST_OWN_HANGINGS, type HangingProtocol } from '#shared/domain/hanging-protocol.ts';
import { openSession } from '../commands.ts';
import { keepHangings, useHangings } from '../hangings.ts';
import { fitsWords, withFits } from '../model/hanging-edit.ts';
import { shippedHangings } from '../shipped-hangings.ts';
import styles from './hanging.module.css';

/** "Save what I see": the layout with its series and windows, under a name. */
export function SaveHanging({ onSaved }: { readonly onSaved: () => void }) {
  const own = useHangings((state) => state.own);
  const canKeep = useHangings((state) => state.keep !== undefined);
  const [name, setName] = useState('');
  const [error, setError] = useState<string>();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const chosen = name.trim();
    if (chosen === '') return setError('The hanging has no name.');
    if (own.some((one) => one.name === chosen)) return setError('You have a hanging of this name already.');
    if (!canKeep) return setError('Hangings cannot be stored now. Open the case again.');
    if (own.length >= MOST_OWN_HANGINGS) return setError(`You have ${MOST_OWN_HANGINGS} hangings: delete one first.`);
    const saved = openSession()?.hangingOnScreen(chosen);
    if (!saved) return setError('There are no images on screen.');
    keepHangings([...own, saved]);
    onSaved();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <label className={styles.field}>
        Save what I see as
        <input
          className={styles.input}
          value={name}
          maxLength={LONGEST_HANGING_NAME}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <button type="submit" className={styles.action}>
        Save hanging
      </button>
      {error !== undefined && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
    </form>
  );
}

/** The reader's own hangings: to be renamed, told what they fit, deleted. */
export function OwnHangings({ onChange }: { readonly onChange: (own: readonly HangingProtocol[]) => void }) {
  const own = useHangings((state) => state.own);
  const [editedId, setEditedId] = useState<string>();
  if (own.length === 0) return null;
  return (
    <section aria-label="My hangings">
      <h3>My hangings</h3>
      <ul>
        {own.map((one) =>
          one.id === editedId ? (
            <li key={one.id}>
              <EditHanging
                edited={one}
                onDone={(changed) => {
                  if (changed) onChange(own.map((other) => (other.id === one.id ? changed : other)));
                  setEditedId(undefined);
                }}
              />
            </li>
          ) : (
            <li key={one.id} className={styles.row}>
              <span>{one.name}</span>
              <button
                type="button"
                className={styles.action}
                aria-label={`Edit ${one.name}`}
                onClick={() => setEditedId(one.id)}
              >
                Edit
              </button>
              <button
                type="button"
                className={styles.action}
                aria-label={`Delete ${one.name}`}
                onClick={() => onChange(own.filter((other) => other.id !== one.id))}
              >
                Delete
              </button>
            </li>
          ),
        )}
      </ul>
    </section>
  );
}

const AS_IT_IS = '';

function EditHanging({
  edited,
  onDone,
}: {
  readonly edited: HangingProtocol;
  readonly onDone: (changed: HangingProtocol | undefined) => void;
}) {
  const [name, setName] = useState(edited.name);
  const [like, setLike] = useState(AS_IT_IS);
  const [words, setWords] = useState(fitsWords(edited));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const model = shippedHangings.find(({ id }) => id === like);
    const renamed = { ...edited, name: name.trim() === '' ? edited.name : name.trim() };
    onDone(withFits(renamed, model, words));
  };
  return (
    <form className={styles.form} aria-label={`Edit ${edited.name}`} onSubmit={submit}>
      <label className={styles.field}>
        Name
        <input
          className={styles.input}
          value={name}
          maxLength={LONGEST_HANGING_NAME}
          autoFocus
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label className={styles.field}>
        Fits the same studies as
        <select
          className={styles.input}
          value={like}
          onChange={(event) => {
            const model = shippedHangings.find(({ id }) => id === event.currentTarget.value);
            setLike(event.currentTarget.value);
            setWords(fitsWords(model ?? edited));
          }}
        >
          <option value={AS_IT_IS}>As it is</option>
          {shippedHangings.map(({ id, name: named }) => (
            <option key={id} value={id}>
              {named}
            </option>
          ))}
        </select>
      </label>
      <label className={styles.field}>
        One of these words in the header, separated by commas
        <input
          className={styles.input}
          value={words}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </label>
      <button type="submit" className={styles.action}>
        Save changes
      </button>
      <button type="button" className={styles.action} onClick={() => onDone(undefined)}>
        Cancel
      </button>
    </form>
  );
}
