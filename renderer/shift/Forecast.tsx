import { showMoment } from '../ui/index.ts';
import { minutesWords, type Board } from './board.ts';
import classes from './shift.module.css';

/** Reading minutes to come in the next hours, against those that the roster leaves. */
export function Forecast({ board }: { readonly board: Board }) {
  const most = Math.max(1, ...board.forecast.map(({ waitingMinutes }) => waitingMinutes));
  return (
    <section aria-label="Forecast">
      <h3>Next hours</h3>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Hour</th>
            <th scope="col">Arriving</th>
            <th scope="col">Readers can read</th>
            <th scope="col">Waiting at its end</th>
          </tr>
        </thead>
        <tbody>
          {board.forecast.map((hour) => (
            <tr key={hour.from}>
              <th scope="row">
                {showMoment(hour.from, board.at)} to {showMoment(hour.until, board.at)}
              </th>
              <td className={classes.number}>{minutesWords(hour.arrivingMinutes)}</td>
              <td className={classes.number}>{board.hasRoster ? minutesWords(hour.capacityMinutes) : 'not known'}</td>
              <td className={classes.barCell}>
                <span className={classes.bar} style={{ width: `${(70 * hour.waitingMinutes) / most}%` }} aria-hidden />
                {minutesWords(hour.waitingMinutes)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
