import { useReport } from '../report/index.ts';
import classes from './dictation.module.css';
import { isStopped, useDictation } from './dictation.ts';
import { Heard } from './DictationBar.tsx';
import { stateWords } from './state-words.ts';

/** An open microphone is never unseen: between reports it is told of at the foot of the window. */
export function DictationLine() {
  const isOff = useDictation(isStopped);
  const state = useDictation((dictation) => dictation.state);
  const hasBar = useReport(({ opened }) => opened?.canReport === true);
  if (isOff || hasBar) return null;
  return (
    <div className={classes.line}>
      <span>Microphone: {stateWords(state)}</span>
      <Heard />
    </div>
  );
}
