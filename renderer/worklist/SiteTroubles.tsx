import { IconPlugConnectedX } from '@tabler/icons-react';

import { useWorklist } from './worklist.ts';
import classes from './worklist.module.css';

/** Sites that do not answer: their cases may be late, and the reader should know before they ask. */
export function SiteTroubles() {
  const troubles = useWorklist((state) => state.answer?.siteTroubles);
  if (troubles === undefined || troubles.length === 0) return null;
  return (
    <ul className={classes.troubles} aria-label="Sites that do not answer">
      {troubles.map(({ siteName, code }) => (
        <li key={`${siteName} ${code}`}>
          <IconPlugConnectedX size={16} aria-hidden /> {siteName} does not answer ({code}); shown as last seen.
        </li>
      ))}
    </ul>
  );
}
