import { Button, Group, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { REQUISITION_GRADES } from '#shared/domain/requisition-grade.ts';

import type { OpenCase } from '../bridge/index.ts';
import { closeDialog, say, useDialog } from '../ui/index.ts';
import { GRADE_WORDS, gradeRequest } from './grade.ts';
import classes from './notes.module.css';

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
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    void gradeRequest(taskId, grade, reason).then((refusal) => {
      setIsBusy(false);
      setProblem(refusal);
      if (refusal !== undefined) return;
      onGraded(grade, reason.trim());
      closeDialog();
      say(`Request graded ${grade}.`);
    });
  };
  return (
    <form onSubmit={onSubmit} className={classes.form}>
      <NativeSelect
        label="Grade"
        autoFocus
        value={grade}
        onChange={(event) => setGrade(REQUISITION_GRADES.find((each) => each === event.currentTarget.value) ?? 'A')}
        data={REQUISITION_GRADES.map((value) => ({ value, label: GRADE_WORDS[value] }))}
      />
      <TextInput
        label="Reason"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problem}
        maxLength={500}
        autoComplete="off"
      />
      <Group justify="flex-end" gap="xs">
        <Button onClick={closeDialog}>Cancel</Button>
        <Button type="submit" variant="filled" loading={isBusy}>
          Grade
        </Button>
      </Group>
    </form>
  );
}
