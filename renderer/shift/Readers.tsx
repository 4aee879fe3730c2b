import { IconCoffee, IconMoon } from '@tabler/icons-react';

import { showMoment, showReaderName } from '../ui/index.ts';
import { balanceWords, minutesWords, type Board, type BoardReader } from './board.ts';
import classes from './shift.module.css';

/** Who is there, since when, what they have read and what stands on their screen. */
export function Readers({ board }: { readonly board: Board }) {
  return (
    <section aria-label="Readers">
      {!board.hasRoster && (
        <p className={classes.quiet}>
          No roster is configured and the hub holds none: hours, breaks and shares are not known.
        </p>
      )}
      {board.readers.length === 0 ? (
        <p>Nobody has read in the last twelve hours.</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Reader</th>
              <th scope="col">Shift</th>
              <th scope="col">Read</th>
              <th scope="col">Minutes read</th>
              <th scope="col">wRVU</th>
              <th scope="col">Share</th>
              <th scope="col">Open now</th>
            </tr>
          </thead>
          <tbody>
            {board.readers.map((reader) => (
              <tr key={reader.readerId}>
                <th scope="row">{showReaderName(reader.readerName)}</th>
                <td>
                  <ShiftWords reader={reader} at={board.at} />
                </td>
                <td className={classes.number}>{reader.readings}</td>
                <td className={classes.number}>{minutesWords(reader.minutes)}</td>
                <td className={classes.number}>{reader.wrvu.toFixed(2)}</td>
                <td>{board.hasRoster ? balanceWords(reader.deficitMinutes) : '–'}</td>
                <td>
                  {reader.open.length === 0
                    ? '–'
                    : reader.open
                        .map(
                          ({ examText, siteName, since }) =>
                            `${examText}, ${siteName}, since ${showMoment(since, board.at)}`,
                        )
                        .join('; ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function ShiftWords({ reader, at }: { readonly reader: BoardReader; readonly at: number }) {
  const hours = `${reader.hoursIn.toFixed(1)} h in, ${reader.hoursLeft.toFixed(1)} h left`;
  return (
    <>
      {reader.isOnShift ? hours : 'not on shift'}
      {reader.breakUntil !== undefined && (
        <span className={classes.soon}>
          <IconCoffee size={16} aria-hidden /> Break until {showMoment(reader.breakUntil, at)}
        </span>
      )}
      {reader.guard !== undefined && (
        <span className={classes.soon}>
          <IconMoon size={16} aria-hidden /> Late in the shift, {reader.guard}
        </span>
      )}
    </>
  );
}
