import { useRef, type KeyboardEvent, type SyntheticEvent } from 'react';
import { openSession, showTrueSizeNow } from '../commands.ts';
import { keepMmPerCssPixel } from '../display-scale.ts';
import { readMm } from '../model/calibration.ts';
import { measurementName } from '../model/measurement-words.ts';
import { readVertebra } from '../model/spine-label.ts';
import { useViewer, type Question as Asked } from '../viewer-store.ts';
import styles from './question.module.css';

/** Long enough for a ruler to be read well. */
const RULED_PX = 400;

const close = (): void => {
  useViewer.setState({ question: undefined });
  document.querySelector<HTMLElement>('[aria-label=Viewer][tabindex]')?.focus();
};

function take(question: Asked, typed: string): void {
  if (question.about === 'text') {
    const { kind } = question.measurement;
    const text = kind === 'vertebra' ? readVertebra(typed) : typed.trim();
    if (text === undefined) return;
    openSession()?.measuring.put({ ...question.measurement, text });
    return close();
  }
  const mm = readMm(typed);
  if (mm === undefined) return;
  if (question.about === 'calibration') openSession()?.measuring.put({ ...question.measurement, knownMm: mm });
  else keepMmPerCssPixel(mm / RULED_PX);
  close();
  if (question.about === 'true-size') showTrueSizeNow();
}

/** An arrow may stand without words; a line without a length says nothing. */
function leave(question: Asked): void {
  const isNewArrow =
    question.about === 'text' &&
    question.measurement.kind === 'arrow' &&
    !useViewer.getState().measurements.present.some(({ id }) => id === question.measurement.id);
  if (isNewArrow) openSession()?.measuring.put(question.measurement);
  close();
}

const wordsOf = (question: Asked): string => {
  switch (question.about) {
    case 'text':
      return question.measurement.kind === 'arrow'
        ? 'Text of the arrow'
        : question.measurement.kind === 'vertebra'
          ? 'Which vertebra, C1 to S5; the next ones count on'
          : `Label of the ${measurementName(question.measurement)}`;
    case 'calibration':
      return 'This line is so long, in mm';
    case 'true-size':
      return 'Hold a ruler to the bar: its length in mm';
  }
};

/** Asks for the one thing that is missing; Enter takes it, Escape leaves it. */
export function Question() {
  const question = useViewer((state) => state.question);
  return question ? <QuestionForm key={question.about} question={question} /> : null;
}

function QuestionForm({ question }: { readonly question: Asked }) {
  const input = useRef<HTMLInputElement>(null);
  const words = wordsOf(question);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    take(question, input.current?.value ?? '');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Nothing typed here is a key of the viewer or of the reading screen.
    event.stopPropagation();
    if (event.key === 'Escape') leave(question);
  };
  return (
    <form className={styles.question} aria-label={words} onSubmit={submit} onKeyDown={onKeyDown}>
      {question.about === 'true-size' && <div className={styles.bar} style={{ width: RULED_PX }} />}
      <label className={styles.label}>
        {words}
        <input
          ref={input}
          className={styles.input}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          inputMode={question.about === 'text' ? 'text' : 'decimal'}
          defaultValue={question.about === 'text' ? question.measurement.text : ''}
        />
      </label>
      <button type="submit" className={styles.button}>
        OK
      </button>
      <button type="button" className={styles.button} onClick={() => leave(question)}>
        Cancel
      </button>
    </form>
  );
}
