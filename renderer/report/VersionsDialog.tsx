import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';

import { REPORT_STATE_FACTS } from '#shared/reporting/report-state.ts';

import { call, failureWords, type Answer } from '../bridge/index.ts';
import { closeDialog, currentSecond, showMoment, showReaderName, useDialog } from '../ui/index.ts';
import { DifferenceView } from './DifferenceView.tsx';
import classes from './report.module.css';

type Version = Answer<'reportVersions'>['versions'][number];

/** Every signed version of one report, newest first, each with what it changed. */
export function VersionsDialog({ taskId }: { readonly taskId: string }) {
  const isOpen = useDialog(({ open }) => open === 'versions');
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Versions of this report" size="xl">
      {isOpen && <Versions key={taskId} taskId={taskId} />}
    </Modal>
  );
}

function Versions({ taskId }: { readonly taskId: string }) {
  const [versions, setVersions] = useState<readonly Version[] | string>();
  useEffect(() => {
    call('reportVersions', { taskId }).then(
      (answer) => setVersions(answer.versions),
      (failure: unknown) => setVersions(`The versions cannot be read. ${failureWords(failure)}`),
    );
  }, [taskId]);
  if (versions === undefined) return <p className={classes.quiet}>Reading the versions…</p>;
  if (typeof versions === 'string') return <p className={classes.refusal}>{versions}</p>;
  if (versions.length === 0) return <p className={classes.quiet}>Nothing has been signed yet.</p>;
  return (
    <ol className={classes.versions} reversed>
      {versions.map((version, place) => (
        <li key={version.reportUuid}>
          <VersionView version={version} before={versions[place + 1]} />
        </li>
      ))}
    </ol>
  );
}

function VersionView({ version, before }: { readonly version: Version; readonly before: Version | undefined }) {
  const added = version.addenda.slice(before?.addenda.length ?? 0);
  return (
    <article>
      <h3>
        {REPORT_STATE_FACTS[version.state].words}, version {version.version}
      </h3>
      <p className={classes.quiet}>
        {showReaderName(version.signedBy)}, {showMoment(version.signedAt, currentSecond())}
        {version.reason === undefined ? '' : `. Reason: ${version.reason}`}
      </p>
      {added.map((addendum, place) => (
        <p key={place}>
          <ins>{addendum.text}</ins>
        </p>
      ))}
      {before !== undefined && added.length === 0 && <DifferenceView before={before.body} after={version.body} />}
    </article>
  );
}
