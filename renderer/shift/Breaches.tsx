import { priorityWord, showMoment } from '../ui/index.ts';
import type { Board } from './board.ts';
import classes from './shift.module.css';

const SHOWN = 12;

/** Readings that are late, or will be if the list is worked off as it stands with the readers who are there. */
export function Breaches({ board }: { readonly board: Board }) {
  return (
    <section aria-label="About to breach">
      <h3>About to breach</h3>
      {board.breaches.length === 0 ? (
        <p>Nothing will be late if the list is worked off as it stands.</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col">Exam</th>
              <th scope="col">Site</th>
              <th scope="col">Due</th>
              <th scope="col">Expected late by</th>
            </tr>
          </thead>
          <tbody>
            {board.breaches.slice(0, SHOWN).map((breach) => (
              <tr key={breach.taskId}>
                <td>{priorityWord(breach.standsAs)}</td>
                <th scope="row">{breach.examText}</th>
                <td>{breach.siteName}</td>
                <td className={classes.number}>{showMoment(breach.dueAt, board.at)}</td>
                <td className={classes.number}>{breach.lateMinutes} min</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {board.breaches.length > SHOWN && <p>and {board.breaches.length - SHOWN} more</p>}
    </section>
  );
}
