import { Button, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';

import { call, failureWords, type Answer } from '../bridge/index.ts';
import { closeDialog, currentSecond, raiseAlert, showMoment, showReaderName, useDialog } from '../ui/index.ts';
import { DifferenceView } from './DifferenceView.tsx';
import { loadDiscrepancies, useDiscrepancies } from './discrepancies.ts';
import classes from './report.module.css';

const CATEGORY_WORDS = { agreed: 'Agreed', minor: 'Minor difference', major: 'Major difference' } as const;

/** What became of this reader's preliminary reports, until they have seen it. */
export function DiscrepancyDialog() {
  const isOpen = useDialog(({ open }) => open === 'discrepancies');
  const notices = useDiscrepancies((state) => state.notices);
  useEffect(() => {
    if (isOpen) void loadDiscrepancies();
  }, [isOpen]);
  const markSeen = async (id: string) => {
    try {
      await call('discrepancySeen', { id });
      await loadDiscrepancies();
    } catch (failure) {
      raiseAlert('discrepancies', `Not marked as seen. ${failureWords(failure)}`);
    }
  };
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Final reports that differ from your preliminary ones" size="lg">
      {notices.length === 0 && <p className={classes.quiet}>Nothing new.</p>}
      <ul className={classes.versions}>
        {notices.map((notice) => (
          <li key={notice.id}>
            <article>
              <h3>
                {CATEGORY_WORDS[notice.category]} · {notice.examText} · {notice.siteName}
              </h3>
              <p className={classes.quiet}>
                {showReaderName(notice.finalReader)}, {showMoment(notice.at, currentSecond())}
              </p>
              {notice.comment !== '' && <p>{notice.comment}</p>}
              <Changes taskId={notice.taskId} firstDraft={notice.firstDraft} />
              <Button size="compact-sm" onClick={() => void markSeen(notice.id)}>
                Seen
              </Button>
            </article>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

type Version = Answer<'reportVersions'>['versions'][number];

/** What the final reader changed in the preliminary report or draft, word by word; read when it is asked for. */
function Changes(props: { readonly taskId: string; readonly firstDraft: Version['body'] | undefined }) {
  const { taskId, firstDraft } = props;
  const [versions, setVersions] = useState<readonly Version[] | string>();
  const read = () => {
    call('reportVersions', { taskId }).then(
      (answer) => setVersions(answer.versions),
      (failure: unknown) => setVersions(`The report cannot be read. ${failureWords(failure)}`),
    );
  };
  if (versions === undefined)
    return (
      <Button size="compact-sm" onClick={read}>
        Show what was changed
      </Button>
    );
  if (typeof versions === 'string') return <p className={classes.refusal}>{versions}</p>;
  const [before, after] = beforeAndAfter(versions, firstDraft);
  if (before === undefined || after === undefined)
    return <p className={classes.quiet}>The preliminary report or the one after it is not there.</p>;
  return <DifferenceView before={before} after={after} />;
}

/** A draft was followed by the first version, a preliminary report by the one after it. Versions come newest first. */
function beforeAndAfter(versions: readonly Version[], firstDraft: Version['body'] | undefined) {
  if (firstDraft !== undefined) return [firstDraft, versions.at(-1)?.body] as const;
  const at = versions.findIndex(({ state }) => state === 'preliminary');
  return [versions[at]?.body, versions[at - 1]?.body] as const;
}
