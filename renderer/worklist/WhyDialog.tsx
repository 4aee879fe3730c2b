import { Modal } from '@mantine/core';

import { useReading } from '../reading/index.ts';
import { closeDialog, showPersonName, useDialog } from '../ui/index.ts';
import { useWorklist } from './worklist.ts';
import classes from './worklist.module.css';

/** Why a case stands where it stands, and why it is refused, in words. */
export function WhyDialog() {
  const isOpen = useDialog(({ open }) => open === 'why');
  const openedRow = useReading((state) => state.opened?.row);
  const chosenRow = useWorklist((state) => state.answer?.rows.find(({ taskId }) => taskId === state.whyId));
  const place = useWorklist((state) => state.answer?.rows.findIndex(({ taskId }) => taskId === state.whyId) ?? -1);
  const row = openedRow ?? chosenRow;
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Why here?">
      {row === undefined ? (
        <p>This case is no longer on the list.</p>
      ) : (
        <div className={classes.whyText}>
          <p>
            {showPersonName(row.patient.name)}, {row.exam.text}
            {openedRow === undefined && place >= 0 && `, place ${place + 1} on the list`}
          </p>
          {row.ineligible.length > 0 && (
            <>
              <h3>Not for you</h3>
              <ul>
                {row.ineligible.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </>
          )}
          <h3>Reasons, most weighty first</h3>
          {row.why.length === 0 ? (
            <p>No reason was given.</p>
          ) : (
            <ol>
              {row.why.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ol>
          )}
        </div>
      )}
    </Modal>
  );
}
