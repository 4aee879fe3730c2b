import type { ReportBody } from '#shared/reporting/report.ts';
import { writeReplacement } from '#shared/reporting/speech/replacement.ts';
import type { Replacement } from '#shared/reporting/speech/speech.ts';
import { findSpoken } from '#shared/reporting/speech/spoken-of.ts';

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

/** What stands around the caret: words are written to fit it. */
export interface AroundCaret {
  readonly before: string;
  readonly after: string;
}

/**
 * Writes at the caret; `write` makes the words from what stands around it. A box that has the focus gets them as if
 * typed, so that its own undo works; the focus is never taken from the images.
 */
export function dictateText(write: (around: AroundCaret) => string | undefined): DictatedChange | undefined {
  const { keeper, opened } = useReport.getState();
  const { sectionId } = speakingPlace();
  if (keeper === undefined || opened?.canReport !== true || sectionId === undefined) return undefined;
  const before = textOf(keeper.store.getState().body, sectionId);
  const box = boxOf(sectionId);
  const hasFocus = box !== undefined && document.activeElement === box && !box.readOnly;
  const at = Math.min(caretIn(sectionId) ?? before.length, before.length);
  const around = hasFocus
    ? { before: before.slice(0, box.selectionStart), after: before.slice(box.selectionEnd) }
    : { before: before.slice(0, at), after: before.slice(at) };
  const words = write(around);
  if (words === undefined) return undefined;
  if (hasFocus) writeIntoBox(spaceBefore(words, around.after), 'dictated');
  else {
    keeper.edit(insertDictated({ sectionId, at, words }));
    noteCaret(sectionId, at + words.length);
  }
  return {
    contextKey: keeper.contextKey,
    sectionId,
    before,
    after: textOf(keeper.store.getState().body, sectionId),
    words,
  };
}

/** Where the reader stands in a section's text, or stood last; never there, it is the end. */
const caretAt = (sectionId: string, text: string, box: HTMLTextAreaElement | undefined): number =>
  box !== undefined && document.activeElement === box
    ? box.selectionEnd
    : Math.min(caretIn(sectionId) ?? text.length, text.length);

/** Other words in the place of those nearest before the caret, which stays behind what it stood behind. */
export function replaceWords(
  replacement: Replacement,
  writing: Parameters<typeof writeReplacement>[3],
): DictatedChange | undefined {
  const { keeper, opened } = useReport.getState();
  const { sectionId } = speakingPlace();
  if (keeper === undefined || opened?.canReport !== true || sectionId === undefined) return undefined;
  const before = textOf(keeper.store.getState().body, sectionId);
  const box = boxOf(sectionId);
  const hasFocus = box !== undefined && document.activeElement === box && !box.readOnly;
  const caret = caretAt(sectionId, before, box);
  const over = writeReplacement(before, caret, replacement, writing);
  if (over === undefined) return undefined;
  const { start, end, words } = over;
  const next = caret < end ? start + words.length : caret + words.length - (end - start);
  if (hasFocus) {
    box.setSelectionRange(start, end);
    writeIntoBox(words, 'dictated');
    box.setSelectionRange(next, next);
  } else keeper.edit(typeText(sectionId, `${before.slice(0, start)}${words}${before.slice(end)}`, 'dictated'));
  noteCaret(sectionId, next);
  const after = textOf(keeper.store.getState().body, sectionId);
  return { contextKey: keeper.contextKey, sectionId, before, after, words };
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

/** To a section's text or a field, by its id. */
export const goToPlace = (id: string): boolean =>
  goTo(boxOf(id)) || goTo(report()?.querySelector<HTMLElement>(`[data-field="${CSS.escape(id)}"]`) ?? undefined);

const STOPS = '[data-field], textarea[data-section-id]';
function goAmong(selector: string, step: 1 | -1, isHere: (stop: HTMLElement) => boolean): boolean {
  const stops = [...(report()?.querySelectorAll<HTMLElement>(selector) ?? [])];
  const here = stops.findIndex(isHere);
  return goTo(stops[here < 0 ? 0 : (here + step + stops.length) % stops.length]);
}

/** To the next or previous place to write in: fields and texts in the order of the page. */
export function goToStop(step: 1 | -1): boolean {
  const { sectionId, fieldId } = speakingPlace();
  return goAmong(STOPS, step, ({ dataset }) =>
    fieldId === undefined ? dataset['sectionId'] === sectionId : dataset['field'] === fieldId,
  );
}

export function goToNextSection(step: 1 | -1): boolean {
  const { sectionId } = speakingPlace();
  return goAmong('textarea[data-section-id]', step, ({ dataset }) => dataset['sectionId'] === sectionId);
}

/** Selects words, as they were said, where they stand nearest before the caret; what is said next takes their place. */
export function selectWords(words: string): boolean {
  const { sectionId } = speakingPlace();
  const box = sectionId === undefined ? undefined : boxOf(sectionId);
  if (sectionId === undefined || box === undefined) return false;
  const found = findSpoken(box.value, words.split(' '), caretAt(sectionId, box.value, box));
  if (found === undefined) return false;
  box.focus();
  box.setSelectionRange(found.start, found.end);
  return true;
}
