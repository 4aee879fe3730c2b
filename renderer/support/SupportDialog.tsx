import { Modal } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

import { closeDialog, useDialog } from '../ui/index.ts';
import { CallList } from './CallList.tsx';
import { InboxLinks } from './InboxLinks.tsx';
import { SiteOwes } from './SiteOwes.tsx';
import { StuckDeliveries } from './StuckDeliveries.tsx';
import { forgetTold, loadSupport, useSupport } from './support.ts';
import classes from './support.module.css';
import { Breaches } from './WaitingReadings.tsx';

const REFRESH_MS = 10_000;

/** Everything that waits for a person who is not reading now. */
export function SupportDialog() {
  const isOpen = useDialog(({ open }) => open === 'support');
  const close = () => {
    forgetTold();
    closeDialog();
  };
  return (
    <Modal opened={isOpen} onClose={close} title="Support desk" size="72rem">
      {isOpen && <DeskBody />}
    </Modal>
  );
}

function DeskBody() {
  const desk = useSupport((state) => state.desk);
  const trouble = useSupport((state) => state.trouble);
  useEffect(() => {
    void loadSupport();
    const timer = setInterval(() => void loadSupport(), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  if (desk === undefined) return trouble === undefined ? <p>Asking the hub…</p> : <p role="alert">{trouble}</p>;
  return (
    <div className={classes.desk}>
      {trouble !== undefined && <p role="alert">As last seen. {trouble}</p>}
      <Part name="Calls to place" count={desk.calls.length} nothing="No call is waiting.">
        <CallList calls={desk.calls} />
      </Part>
      <Part
        name="Waiting for the site"
        count={desk.questions.length + desk.missingImages.length + desk.recommendations.length}
        nothing="No site owes anything."
      >
        <SiteOwes desk={desk} />
      </Part>
      <Part name="Stuck deliveries" count={desk.stuckDeliveries.length} nothing="Every report has arrived in time.">
        <StuckDeliveries deliveries={desk.stuckDeliveries} />
      </Part>
      <Part name="Breaches to come" count={desk.breaches.length} nothing="Nothing is due within half an hour.">
        <Breaches rows={desk.breaches} />
      </Part>
      <Part
        name="Site inbox pages"
        count={desk.inbox.sites.length + desk.inbox.links.length}
        nothing="No site reads its reports on a page of ours."
      >
        <InboxLinks inbox={desk.inbox} />
      </Part>
    </div>
  );
}

function Part(props: {
  readonly name: string;
  readonly count: number;
  readonly nothing: string;
  readonly children: ReactNode;
}) {
  return (
    <section aria-label={props.name} className={classes.part}>
      <h3>{props.name}</h3>
      {props.count === 0 ? <p className={classes.quiet}>{props.nothing}</p> : props.children}
    </section>
  );
}
