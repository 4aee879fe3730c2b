import { useReport } from '../report/index.ts';
import classes from './dictation.module.css';
import { isStopped, useDictation } from './dictation.ts';
import { Heard } from './DictationBar.tsx';
import { useStateWords } from './state-words.ts';

/** An open microphone is never unseen: between reports it is told of at the foot of the window. */
export function DictationLine() {
  const isOff = useDictation(isStopped);
  const words = useStateWords();
  const hasBar = useReport(({ opened }) => opened?.canReport === true);
  if (isOff || hasBar) return null;
  return (
    <div className={classes.line}>
      <span>Microphone: {words}</span>
      <Heard />
    </div>
  );
}
