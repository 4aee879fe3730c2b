import { Button } from '@mantine/core';

import { isFilterEmpty } from '#shared/domain/saved-list.ts';

import { CommandButton } from '../commands/index.ts';
import { clearFilter, useWorklist } from './worklist.ts';
import classes from './worklist.module.css';

/** Said instead of "no data": what is going on, and what can be done. */
export function EmptyList() {
  const answer = useWorklist((state) => state.answer);
  const isFiltered = useWorklist((state) => !isFilterEmpty(state.filter));
  if (answer === undefined) return <p className={classes.empty}>Asking the hub for the worklist…</p>;
  if (isFiltered && answer.rows.length > 0) {
    return (
      <div className={classes.empty}>
        <p>None of the {answer.rows.length} readings fits the filters.</p>
        <Button onClick={clearFilter}>Clear filters</Button>
      </div>
    );
  }
  if (answer.rows.length > 0) {
    return (
      <div className={classes.empty}>
        <p>None of the {answer.rows.length} readings is for you.</p>
        <CommandButton id="worklist.ineligible" />
      </div>
    );
  }
  const troubled = answer.siteTroubles.map(({ siteName }) => siteName);
  return (
    <div className={classes.empty}>
      <p>Nothing is waiting to be read.</p>
      <p>
        {answer.hubReachable
          ? 'The next case appears here by itself, as soon as a site sends an order or images.'
          : 'The hub cannot be reached, so new cases cannot be seen. It is tried again all the time.'}
      </p>
      {troubled.length > 0 && <p>No answer from {troubled.join(', ')}: cases may be waiting there.</p>}
      <CommandButton id="worklist.import" />
    </div>
  );
}
