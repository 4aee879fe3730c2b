import { REQUISITION_GRADES } from '#shared/domain/requisition-grade.ts';

import { call, failureWords } from '../bridge/index.ts';

export const GRADE_WORDS: Readonly<Record<(typeof REQUISITION_GRADES)[number], string>> = {
  A: 'A adequate',
  B: 'B barely adequate',
  C: 'C considerably limited',
  D: 'D deficient',
};

/** Undefined when it stands on the hub, else why not. */
export async function gradeRequest(
  taskId: string,
  grade: keyof typeof GRADE_WORDS,
  reason: string,
): Promise<string | undefined> {
  try {
    const { status } = await call('gradeRequisition', { taskId, grade, reason });
    if (status === 'graded') return undefined;
    return status === 'hub-unreachable'
      ? 'Not graded: the hub does not answer. Try again.'
      : 'Not graded: this case is closed.';
  } catch (failure) {
    return `Not graded. ${failureWords(failure)}`;
  }
}
