import type { ReportBody } from '#shared/reporting/report.ts';

import { caretIn, noteCaret, usePlace, useReport } from './current-report.ts';
import { insertDictated, spaceBefore, typeField, typeText } from './edit-report.ts';
import { writeIntoBox } from './macros.ts';

/** What one utterance changed, so that it can be taken back while nothing else was changed there. */
export interface DictatedChange {
  readonly contextKey: string;
  readonly sectionId: string;
  readonly fieldId?: string;
  readonly before: string;
  readonly after: string;
  /** What was written. */
  readonly words: string;
}

const report = () => document.querySelector<HTMLElement>('[data-region=report]');
const boxOf = (sectionId: string) =>
  report()?.querySelector<HTMLTextAreaElement>(`textarea[data-section-id="${CSS.escape(sectionId)}"]`) ?? undefined;

/** Where what is said now lands: where the reader works, else the findings. */
export function speakingPlace(): { readonly sectionId?: string; readonly fieldId?: string } {
  const { place } = usePlace.getState();
  if (place.sectionId !== undefined) return place;
  const sections = useReport.getState().keeper?.store.getState().body.sections ?? [];
  const home = sections.find(({ role }) => role === 'findings') ?? sections[0];
  return home === undefined ? {} : { sectionId: home.id };
}

const textOf = (body: ReportBody | undefined, sectionId: string): string =>
  body?.sections.find(({ id }) => id === sectionId)?.text ?? '';

/**
 * Writes at the caret; `write` makes the words from what stands before it. A box that has the focus gets them as if
 * typed, so that its own undo works; the focus is never taken from the images.
 */
export function dictateText(write: (before: string) => string): DictatedChange | undefined {
  const { keeper, opened } = useReport.getState();
  const { sectionId } = speakingPlace();
  if (keeper === undefined || opened?.canReport !== true || sectionId === undefined) return undefined;
  const bodyNow = () => keeper.store.getState().body;
  const before = textOf(bodyNow(), sectionId);
  const box = boxOf(sectionId);
  let words: string;
  if (box !== undefined && document.activeElement === box && !box.readOnly) {
    words = write(box.value.slice(0, box.selectionStart));
    writeIntoBox(spaceBefore(words, box.value.slice(box.selectionEnd)), 'dictated');
  } else {
    const at = Math.min(caretIn(sectionId) ?? before.length, before.length);
    words = write(before.slice(0, at));
    keeper.edit(insertDictated({ sectionId, at, words }));
    noteCaret(sectionId, at + words.length);
  }
  return { contextKey: keeper.contextKey, sectionId, before, after: textOf(bodyNow(), sectionId), words };
}

export function dictateField(sectionId: string, fieldId: string, value: string): DictatedChange | undefined {
  const { keeper, opened } = useReport.getState();
  if (keeper === undefined || opened?.canReport !== true) return undefined;
  const field = fieldNow(sectionId, fieldId);
  if (field === undefined) return undefined;
  keeper.edit(typeField(sectionId, fieldId, value, 'dictated'));
  const change = { contextKey: keeper.contextKey, sectionId, fieldId, before: field.value, after: value };
  return { ...change, words: value };
}

const fieldNow = (sectionId: string, fieldId: string) =>
  useReport
    .getState()
    .keeper?.store.getState()
    .body.sections.find(({ id }) => id === sectionId)
    ?.fields.find(({ id }) => id === fieldId);

/** False where something else has been changed there since. */
export function takeBack(change: DictatedChange): boolean {
  const { keeper } = useReport.getState();
  if (keeper === undefined || keeper.contextKey !== change.contextKey) return false;
  const { sectionId, fieldId, before, after } = change;
  if (fieldId !== undefined) {
    if (fieldNow(sectionId, fieldId)?.value !== after) return false;
    keeper.edit(typeField(sectionId, fieldId, before, 'dictated'));
    return true;
  }
  if (textOf(keeper.store.getState().body, sectionId) !== after) return false;
  keeper.edit(typeText(sectionId, before, 'dictated'));
  noteCaret(sectionId, before.length);
  return true;
}

function goTo(stop: HTMLElement | undefined): boolean {
  if (stop === undefined) return false;
  stop.focus();
  if (stop instanceof HTMLTextAreaElement) stop.setSelectionRange(stop.value.length, stop.value.length);
  return true;
}

export const goToSection = (sectionId: string): boolean => goTo(boxOf(sectionId));

export const goToField = (fieldId: string): boolean =>
  goTo(report()?.querySelector<HTMLElement>(`[data-field="${CSS.escape(fieldId)}"]`) ?? undefined);

/** To the next or previous place to write in: fields and texts in the order of the page. */
export function goToStop(step: 1 | -1): boolean {
  const stops = [...(report()?.querySelectorAll<HTMLElement>('[data-field], textarea[data-section-id]') ?? [])];
  const { sectionId, fieldId } = speakingPlace();
  const isHere = ({ dataset }: HTMLElement) =>
    fieldId === undefined ? dataset['sectionId'] === sectionId : dataset['field'] === fieldId;
  const here = stops.findIndex((stop) => (document.activeElement === stop ? true : isHere(stop)));
  return goTo(stops[here < 0 ? 0 : (here + step + stops.length) % stops.length]);
}
