import { Modal, NativeSelect } from '@mantine/core';
import { useState } from 'react';

import { REQUISITION_GRADES } from '#shared/domain/requisition-grade.ts';

import type { OpenCase } from '../bridge/index.ts';
import { closeDialog, ReasonForm, say, useDialog } from '../ui/index.ts';
import { GRADE_WORDS, gradeRequest } from './grade.ts';

type Grade = (typeof REQUISITION_GRADES)[number];

/** The reader's own grade of the request. */
export function GradeDialog(props: {
  readonly opened: OpenCase | undefined;
  readonly onGraded: (grade: Grade, reason: string) => void;
}) {
  const isOpen = useDialog(({ open }) => open === 'grade');
  return (
    <Modal opened={isOpen && props.opened !== undefined} onClose={closeDialog} title="Grade the request">
      {isOpen && props.opened !== undefined && <GradeForm taskId={props.opened.taskId} onGraded={props.onGraded} />}
    </Modal>
  );
}

function GradeForm({
  taskId,
  onGraded,
}: {
  readonly taskId: string;
  readonly onGraded: (grade: Grade, reason: string) => void;
}) {
  const [grade, setGrade] = useState<Grade>('A');
  const send = async (reason: string) => {
    const refusal = await gradeRequest(taskId, grade, reason);
    if (refusal !== undefined) return refusal;
    onGraded(grade, reason);
    say(`Request graded ${grade}.`);
    return undefined;
  };
  return (
    <ReasonForm button="Grade" send={send}>
      <NativeSelect
        label="Grade"
        autoFocus
        value={grade}
        onChange={(event) => setGrade(REQUISITION_GRADES.find((each) => each === event.currentTarget.value) ?? 'A')}
        data={REQUISITION_GRADES.map((value) => ({ value, label: GRADE_WORDS[value] }))}
      />
    </ReasonForm>
  );
}
