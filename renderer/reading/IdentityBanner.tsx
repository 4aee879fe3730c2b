import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';

import type { OpenCase } from '../bridge/index.ts';
import { CommandButton } from '../commands/index.ts';
import { currentSecond, showMoment, showReaderName } from '../ui/index.ts';
import { conflictWords } from './identity.ts';
import classes from './reading.module.css';

/** Order, images and notes name different people: nothing is read before a person has decided. */
export function IdentityBanner({ opened }: { readonly opened: OpenCase }) {
  const { conflicts, sentBack } = opened.identity;
  const banner = useRef<HTMLDivElement>(null);
  useEffect(() => banner.current?.focus(), []);
  return (
    <div role="alert" ref={banner} tabIndex={-1} className={classes.identity}>
      <IconAlertTriangle size={20} aria-hidden />
      <div className={classes.identityWords}>
        <strong>Is this one patient? Images are covered and signing is off until you decide.</strong>
        <ul>
          {conflicts.map((conflict) => (
            <li key={conflict.key}>{conflictWords(conflict)}</li>
          ))}
        </ul>
        {sentBack !== undefined && (
          <p>
            Sent back {showMoment(sentBack.at, currentSecond())} by {showReaderName(sentBack.byName)}: {sentBack.reason}
          </p>
        )}
      </div>
      <span className={classes.actions}>
        <CommandButton id="identity.same" label={opened.canReport ? 'Same person: go on' : 'Look all the same'} />
        {opened.canReport && <CommandButton id="identity.send-back" label="Not this patient: ask the site" />}
      </span>
    </div>
  );
}
