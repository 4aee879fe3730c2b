import { gradeRequisition } from '#shared/domain/requisition-grade.ts';

import type { OpenCase } from '../bridge/index.ts';
import { CommandButton } from '../commands/index.ts';
import { showReaderName } from '../ui/index.ts';
import classes from './notes.module.css';

/** How much the request itself says, with why; a reader's own grade stands in place of ours. */
export function RequestGrade({
  opened,
}: {
  readonly opened: Pick<OpenCase, 'notes' | 'requisitionGrade' | 'row' | 'canReport'>;
}) {
  const { notes, requisitionGrade: own, row, canReport } = opened;
  const { grade, why } = gradeRequisition(row.reason, notes.facts);
  return (
    <div className={classes.grade}>
      <span>
        Request {own?.grade ?? grade}
        <span className={classes.source}>
          {own === undefined ? why : `${own.reason} (${showReaderName(own.byName)}; computed ${grade}: ${why})`}
        </span>
      </span>
      {canReport && <CommandButton id="notes.grade" label="Grade" hidesKey />}
    </div>
  );
}
