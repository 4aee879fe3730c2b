import { CommandButton } from '../commands/index.ts';
import { NoteLine } from './NoteLine.tsx';
import classes from './notes.module.css';
import { useOutside } from './outside-order.ts';

/** What belongs to other exams of the patient: not read without a reason. */
export function OutsideOrder({ contextKey }: { readonly contextKey: string }) {
  const outside = useOutside();
  if (outside.contextKey !== contextKey)
    return (
      <div className={classes.group}>
        <CommandButton id="notes.outside" label="Notes of other exams" hidesKey />
      </div>
    );
  return (
    <div className={classes.group}>
      <h3>Of other exams, outside this order</h3>
      {outside.facts.length === 0 ? (
        <p className={classes.missing}>None on the hub</p>
      ) : (
        <ul>
          {outside.facts.map((fact, place) => (
            <li key={place}>
              <NoteLine fact={fact} others={outside.facts} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
