import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import type { OpenCase } from '#shared/contract/schemas.ts';
import type { WorkstationEvent } from '#shared/contract/events.ts';

/** What stands beside the images: documents, notes of other exams, and records of other sites as readers decide about them. */
export const createNotesAnswers = (
  world: {
    onScreen: OpenCase | undefined;
    readonly priorsElsewhere: OpenCase['priors'];
    readonly documents: Readonly<
      Record<string, { readonly contentType: 'application/pdf' | 'image/jpeg' | 'image/png'; readonly data: string }>
    >;
    tell: (event: WorkstationEvent) => void;
  },
  now: () => number,
) => ({
  notesOutsideOrder: (): CallResponse<'notesOutsideOrder'> => ({
    status: 'read',
    facts: [{ kind: 'reason', label: 'Reason', text: 'Chest pain in March', source: 'Site FHIR' }],
  }),
  noteDocument: ({ of }: CallRequest<'noteDocument'>): CallResponse<'noteDocument'> => {
    const found = world.documents[of];
    return found === undefined ? { status: 'not-found' } : { status: 'read', ...found };
  },
  gradeRequisition: (): CallResponse<'gradeRequisition'> => ({ status: 'graded' }),
  decideElsewhere: ({
    taskId,
    patientId,
    verdict,
  }: CallRequest<'decideElsewhere'>): CallResponse<'decideElsewhere'> => {
    const opened = world.onScreen;
    if (opened === undefined) return { status: 'not-open' };
    const elsewhere = opened.elsewhere.map((record) => {
      if (record.patientId !== patientId) return record;
      const { decision: _before, ...rest } = record;
      const isUsed = verdict === 'same' || (verdict === 'taken-back' && record.strength === 'certain');
      const decision = verdict === 'taken-back' ? {} : { decision: { verdict, byName: 'Lee^Dana', at: now() } };
      return { ...rest, isUsed, ...decision };
    });
    const priors = elsewhere.some(({ isUsed }) => isUsed) ? world.priorsElsewhere : [];
    const own = opened.priors.filter(({ at }) => at === undefined);
    world.onScreen = { ...opened, elsewhere, priors: [...own, ...priors] };
    world.tell({ type: 'records-changed', taskId });
    return { status: 'decided' };
  },
});
