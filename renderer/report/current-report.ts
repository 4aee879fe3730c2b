import { create } from 'zustand';

import {
  changeDrawings,
  MOST_DRAWINGS,
  type DrawingsChange,
  type KeptDrawing,
} from '#shared/reporting/kept-drawing.ts';
import type { KeyImage, ReportBody, ReportMeasurement, Template } from '#shared/reporting/report.ts';
import { stampChanges } from '#shared/reporting/stamp-changes.ts';
import type { MacroFacts } from '#shared/reporting/macro.ts';
import {
  confirmProposed,
  draftImpression,
  isProposed,
  proposeImpression,
  proposeText,
} from '#shared/reporting/impression-draft.ts';

import { ageInYears } from '#shared/domain/patient.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

import { call, failureWords, type OpenCase } from '../bridge/index.ts';
import { raiseAlert, say, showReaderName } from '../ui/index.ts';
import { flushAmendment, hasUnsavedAmendment } from './amendment-draft.ts';
import { createDraftKeeper, writable, type DraftKeeper } from './draft-keeper.ts';
import { savePorts } from './save-ports.ts';
import {
  addKeyImage,
  addPrior,
  addReportMeasurement,
  addTold,
  fitWords,
  insertWords,
  toggleKeyImage,
} from './edit-report.ts';

/** The report of the open case. Held outside the panel, so that hiding a panel never drops a word. */
interface OpenReport {
  readonly keeper: DraftKeeper | undefined;
  /** The case as it was opened. */
  readonly opened: OpenCase | undefined;
  /** Of the report as it is now: the reader may have chosen another. */
  readonly template: Template | undefined;
  /** What stands drawn on the images of the case; kept with the draft. */
  readonly drawings: { now: readonly KeptDrawing[] };
}
const NO_REPORT: OpenReport = { keeper: undefined, opened: undefined, template: undefined, drawings: { now: [] } };
export const useReport = create<OpenReport>()(() => NO_REPORT);

/** Where the reader last stood in the text of a section of the open report. */
let caret: { readonly sectionId: string; readonly at: number } | undefined;
export function noteCaret(sectionId: string, at: number): void {
  caret = { sectionId, at };
  reach({ sectionId });
}
export const caretIn = (sectionId: string): number | undefined =>
  caret?.sectionId === sectionId ? caret.at : undefined;

/** Where the reader works: a section's text, or one of its fields. */
interface ReportPlace {
  readonly sectionId?: string;
  readonly fieldId?: string;
}
export const usePlace = create<{ readonly place: ReportPlace }>()(() => ({ place: {} }));
export const noteSection = (sectionId: string): void => reach({ sectionId });
export const noteField = (sectionId: string, fieldId: string): void => reach({ sectionId, fieldId });

function reach(place: ReportPlace): void {
  const { place: before } = usePlace.getState();
  if (before.sectionId !== place.sectionId || before.fieldId !== place.fieldId) usePlace.setState({ place });
}

export function openReport(opened: OpenCase): void {
  caret = undefined;
  usePlace.setState({ place: {} });
  useReport.getState().keeper?.stop();
  // Its own for each case: a late save of the last one still writes that one's.
  const drawings = { now: (opened.draft.drawings ?? []) as readonly KeptDrawing[] };
  const keeper = createDraftKeeper(
    {
      taskId: opened.taskId,
      contextKey: opened.contextKey,
      revision: opened.draft.revision,
      savedAt: opened.draft.savedAt,
      body: opened.draft.body,
    },
    {
      ...savePorts<ReportBody>(({ revision, body }) => [
        'saveDraft',
        {
          taskId: opened.taskId,
          contextKey: opened.contextKey,
          revision,
          body: writable(body),
          ...(drawings.now.length === 0 ? {} : { drawings: drawings.now }),
        },
      ]),
      stamp: (before: ReportBody, after: ReportBody) => stampChanges(before, after, Date.now() as EpochMs),
    },
  );
  useReport.setState({ keeper, opened, template: undefined, drawings });
  const { handedBy } = opened.draft;
  if (handedBy !== undefined) say(`This draft was begun by ${showReaderName(handedBy)} and handed over to you.`);
}

/** What stands drawn on the images of the open case, also of what its viewer does not show now. */
export const keptDrawings = (): readonly KeptDrawing[] => useReport.getState().drawings.now;

/** Something was drawn, changed or deleted on the images of a case: it is saved with its draft. */
export function keepDrawings(contextKey: string, change: DrawingsChange): void {
  const { keeper, opened, drawings } = useReport.getState();
  if (keeper?.contextKey !== contextKey || opened?.canReport !== true) return;
  const next = changeDrawings(drawings.now, change);
  if (next === drawings.now) return;
  if (next.length > MOST_DRAWINGS) return say(`Only ${MOST_DRAWINGS} drawings are kept with a draft: this one is not.`);
  drawings.now = next;
  keeper.noteBeside();
}

export function closeReport(): void {
  useReport.getState().keeper?.stop();
  useReport.setState(NO_REPORT);
}

/** True when nothing is left unsaved. */
export async function flushReport(): Promise<boolean> {
  const [isReportSaved = true, isAmendmentSaved] = await Promise.all([
    useReport.getState().keeper?.flush(),
    flushAmendment(),
  ]);
  return isReportSaved && isAmendmentSaved;
}

/** Text that a save was refused for: it is in this window only. */
export function hasUnsavedText(): boolean {
  const kind = useReport.getState().keeper?.store.getState().save.kind;
  return kind === 'failed' || kind === 'stale' || hasUnsavedAmendment();
}

/** Only the viewer knows what was measured; until it is there, nothing was. */
let measured: () => string | undefined = () => undefined;
export const followMeasurement = (words: () => string | undefined): void => {
  measured = words;
};

/** What macros may know of the open case; `now` for the age. */
export function macroFacts(now: number): MacroFacts {
  const { opened, keeper } = useReport.getState();
  if (opened === undefined) return { history: [] };
  const { patient, reason } = opened.row;
  const age = ageInYears(patient.birthDate, now as EpochMs);
  const dates = opened.priors.flatMap(({ date }) => (date === undefined ? [] : [date])).toSorted();
  const priorDate = dates.at(-1)?.slice(0, 10);
  const body = keeper?.store.getState().body;
  const measurement = measured();
  return {
    ...(age === undefined ? {} : { age: `${age}-year-old` }),
    ...(patient.sex === 'F' || patient.sex === 'M' ? { sex: patient.sex === 'F' ? 'female' : 'male' } : {}),
    ...(priorDate === undefined ? {} : { priorDate }),
    ...(measurement === undefined ? {} : { measurement }),
    history: [
      reason ?? '',
      ...opened.notes.facts.map(({ label, text }) => `${label}. ${text}`),
      ...(body?.sections.map(({ text }) => text) ?? []),
    ],
  };
}

/** The case whose report stands in the editor. */
export const reportContextKey = (): string | undefined => useReport.getState().keeper?.contextKey;

/** Marks or unmarks an image in the open report. Answers what was done; undefined when no report is open. */
export function markKeyImage(image: KeyImage): 'marked' | 'unmarked' | undefined {
  const { keeper } = useReport.getState();
  if (keeper === undefined) return undefined;
  const before = keeper.store.getState().body.keyImages?.length ?? 0;
  keeper.edit(toggleKeyImage(image));
  return (keeper.store.getState().body.keyImages?.length ?? 0) > before ? 'marked' : 'unmarked';
}

/** A fact from the notes, with its source, into the open report. False when there is none to write. */
export function addFact(sentence: string): boolean {
  const { keeper, opened } = useReport.getState();
  if (keeper === undefined || opened?.canReport !== true) return false;
  keeper.edit(addTold(sentence));
  return true;
}

/** What a prior report said, as unchanged. False when no report is open to be written. */
export function carryOver(sentence: string): boolean {
  const { keeper, opened } = useReport.getState();
  if (keeper === undefined || opened?.canReport !== true) return false;
  keeper.edit(addPrior(sentence));
  return true;
}

/**
 * What was measured goes into the findings where the cursor stood last, else at their end; its image and what was drawn there, where given,
 * go with the report. False when no report is open.
 */
export function addMeasurement(
  words: string,
  image: KeyImage | undefined,
  measurement: ReportMeasurement | undefined,
): boolean {
  const { keeper } = useReport.getState();
  const { sections } = keeper?.store.getState().body ?? { sections: [] };
  const home = sections.find(({ role }) => role === 'findings') ?? sections[0];
  if (keeper === undefined || home === undefined) return false;
  const at = caret?.sectionId === home.id ? Math.min(caret.at, home.text.length) : home.text.length;
  keeper.edit(insertWords({ sectionId: home.id, at, words }));
  if (image !== undefined) keeper.edit(addKeyImage(image));
  if (measurement !== undefined) keeper.edit(addReportMeasurement(measurement));
  noteCaret(home.id, fitWords(home.text, at, words).caret);
  return true;
}

let isModelAsked = false;

/** The language model drafts; what the reader writes meanwhile is never written over. */
export async function draftByModel(): Promise<void> {
  const { keeper } = useReport.getState();
  if (keeper === undefined || isModelAsked) return;
  const { body } = keeper.store.getState();
  const isFree = (now: ReportBody) => proposeText(now, ' ') !== now;
  if (!isFree(body)) return say('The impression is written already.');
  isModelAsked = true;
  say('The language model is asked…');
  try {
    const { taskId, contextKey } = keeper;
    const answer = await call('draftByModel', { taskId, contextKey, body: writable(body) });
    const { keeper: now } = useReport.getState();
    if (now !== keeper) return;
    switch (answer.status) {
      case 'drafted': {
        if (!isFree(keeper.store.getState().body)) return say('You wrote an impression meanwhile: it stays.');
        keeper.edit((current) => proposeText(current, answer.text));
        const count = answer.complaints.length;
        const found =
          count === 0 ? '' : ` The checks ask about ${count === 1 ? 'one thing' : `${count} things`} in it.`;
        return say(`Drafted by the language model: compare it with the findings, then Alt D confirms it.${found}`);
      }
      case 'no-findings':
        return say('There are no findings to draft from.');
      case 'off':
        return say('No language model is configured.');
      case 'wrong-context':
        return raiseAlert('model', 'Not drafted: this report belongs to another case.');
      case 'failed':
        return raiseAlert('model', `The language model drafted nothing. ${answer.reason}`);
      default:
        return answer satisfies never;
    }
  } catch (failure) {
    raiseAlert('model', `The language model drafted nothing. ${failureWords(failure)}`);
  } finally {
    isModelAsked = false;
  }
}

/** One key: drafts the impression from the findings; pressed again, with the draft read, it confirms it. */
export function draftOrConfirm(): void {
  const { keeper } = useReport.getState();
  if (keeper === undefined) return;
  const { body } = keeper.store.getState();
  if (body.sections.some(isProposed)) {
    keeper.edit(confirmProposed);
    return say('Draft confirmed: it is your text now.');
  }
  if (proposeImpression(body) === body)
    return say(
      draftImpression(body) === undefined
        ? 'There are no findings to draft from.'
        : 'The impression is written already.',
    );
  keeper.edit(proposeImpression);
  say('Drafted from the findings: read it, then Alt D confirms it.');
}
