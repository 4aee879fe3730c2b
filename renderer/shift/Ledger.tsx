import { showMoment, showReaderName } from '../ui/index.ts';
import { balanceWords, giniWords, minutesWords, type Board } from './board.ts';
import classes from './shift.module.css';

type Line = Board['ledger'][number];
type Act = Line['picked'][number];

/** The work of the last twelve hours, and each time somebody went around the order, with the reason given. */
export function Ledger({ board }: { readonly board: Board }) {
  const acts = board.ledger.flatMap((line) => [
    ...line.picked.map((act) => ({ line, act, what: 'took out of turn' })),
    ...line.declined.map((act) => ({ line, act, what: 'declined' })),
    ...line.handedOver.map((act) => ({ line, act, what: handedWords(act) })),
  ]);
  return (
    <section aria-label="Fairness ledger">
      <p>
        Gini of minutes {giniWords(board.giniOfMinutes)}, of wRVU {giniWords(board.giniOfWrvu)}; 0 is equal. Minutes are
        balanced; wRVU is what is paid.
      </p>
      {board.ledger.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Reader</th>
              <th scope="col">Read</th>
              <th scope="col">Minutes</th>
              <th scope="col">wRVU</th>
              <th scope="col">Share</th>
              <th scope="col">Out of turn</th>
              <th scope="col">Declined</th>
              <th scope="col">Handed over</th>
            </tr>
          </thead>
          <tbody>
            {board.ledger.map((line) => (
              <tr key={line.readerId}>
                <th scope="row">{showReaderName(line.readerName)}</th>
                <td className={classes.number}>{line.readings}</td>
                <td className={classes.number}>{minutesWords(line.minutes)}</td>
                <td className={classes.number}>{line.wrvu.toFixed(2)}</td>
                <td>{board.hasRoster ? balanceWords(line.deficitMinutes) : '–'}</td>
                <td className={classes.number}>{line.picked.length}</td>
                <td className={classes.number}>{line.declined.length}</td>
                <td className={classes.number}>{line.handedOver.length}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h3>Around the order</h3>
      {acts.length === 0 ? (
        <p>Nobody took a case out of turn, declined or handed one over in the last twelve hours.</p>
      ) : (
        <ul>
          {acts
            .toSorted((one, other) => other.act.at - one.act.at)
            .map(({ line, act, what }) => (
              <li key={`${line.readerId} ${act.at} ${what}`}>
                {showMoment(act.at, board.at)} {showReaderName(line.readerName)} {what}: {act.examText}, {act.siteName}
                {act.reason === undefined ? '' : `. Reason: ${act.reason}`}
              </li>
            ))}
        </ul>
      )}
    </section>
  );
}

const handedWords = ({ toName }: Act): string =>
  toName === undefined ? 'handed over' : `handed over to ${showReaderName(toName)}`;
