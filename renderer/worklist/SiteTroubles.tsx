import { IconDatabaseExclamation, IconPlugConnectedX } from '@tabler/icons-react';

import { useWorklist } from './worklist.ts';
import classes from './worklist.module.css';

/** Sites that do not answer, and a disk that takes no more: cases may be late, and the reader should know before they ask. */
export function SiteTroubles() {
  const troubles = useWorklist((state) => state.answer?.siteTroubles) ?? [];
  const imageStore = useWorklist((state) => state.answer?.imageStore);
  return (
    <>
      {troubles.length > 0 && (
        <ul className={classes.troubles} aria-label="Sites that do not answer">
          {troubles.map(({ siteName, code }) => (
            <li key={`${siteName} ${code}`}>
              <IconPlugConnectedX size={16} aria-hidden /> {siteName} does not answer ({code}); shown as last seen.
            </li>
          ))}
        </ul>
      )}
      {imageStore !== undefined && (
        <ul className={classes.troubles} aria-label="Images fetched ahead">
          <li>
            <IconDatabaseExclamation size={16} aria-hidden /> {imageStore}
          </li>
        </ul>
      )}
    </>
  );
}
