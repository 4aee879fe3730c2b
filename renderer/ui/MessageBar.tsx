import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { clearAlert, useMessages } from './messages.ts';
import classes from './MessageBar.module.css';

/** The one place for messages, under everything else: nothing is ever shown over an image (LOOK 4). */
export function MessageBar({ children }: { readonly children?: ReactNode }) {
  const status = useMessages((state) => state.status);
  const news = useMessages((state) => state.news);
  const alerts = useMessages((state) => state.alerts);
  return (
    <footer className={classes.bar}>
      <div role="status" aria-live="polite" className={classes.status}>
        {status}
      </div>
      <div role="status" aria-live="polite" aria-label="News" className={classes.status}>
        {news}
      </div>
      {children}
      <div role="alert" className={classes.alerts}>
        {[...alerts].map(([key, text]) => (
          <div key={key} className={classes.alert}>
            <IconAlertTriangle size={16} aria-hidden />
            <span>{text}</span>
            <UnstyledButton className={classes.dismiss} aria-label="Dismiss message" onClick={() => clearAlert(key)}>
              <IconX size={16} aria-hidden />
            </UnstyledButton>
          </div>
        ))}
      </div>
    </footer>
  );
}
