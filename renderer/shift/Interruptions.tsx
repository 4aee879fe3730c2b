import { priorityWord, showMoment, showReaderName } from '../ui/index.ts';
import { minutesWords, type Board } from './board.ts';
import classes from './shift.module.css';

/** Emergencies that find nobody free: who is asked to set a case aside, and which. Absent while there are none. */
export function Interruptions({ board }: { readonly board: Board }) {
  if (board.interruptions.length === 0) return null;
  return (
    <section aria-label="To interrupt">
      <h3>Nobody free: to interrupt</h3>
      <ul>
        {board.interruptions.map((each) => (
          <li key={each.taskId}>
            {priorityWord(each.standsAs)}, {each.examText}, {each.siteName}, due {showMoment(each.dueAt, board.at)}:{' '}
            {showReaderName(each.readerName)} is asked to set aside {each.openExamText} (
            {priorityWord(each.openStandsAs)}) and needs about {minutesWords(each.expectedMinutes)}. No reader on shift
            who may read it is free.
          </li>
        ))}
      </ul>
      <p className={classes.quiet}>
        Asked is who reads such an exam fastest among those with a lesser case open, and nobody too often within an
        hour.
      </p>
    </section>
  );
}
