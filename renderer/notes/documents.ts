import { create } from 'zustand';

import { bytesFromBase64 } from '#shared/fhir/base64-text.ts';

import { call, failureWords, type OpenCase } from '../bridge/index.ts';
import { openDialog } from '../ui/index.ts';
import { drawDocument, drawPages, type Drawn } from './draw-document.ts';
import type { Fact } from './group-notes.ts';

export const documentsOf = ({ notes }: Pick<OpenCase, 'notes'>): readonly Fact[] =>
  notes.facts.filter(({ picture }) => picture?.of !== undefined);

/** Which of the case's documents is asked for. */
export const useShownDocument = create<{ readonly of: string | undefined }>()(() => ({ of: undefined }));

export function showDocument(of: string | undefined): void {
  useShownDocument.setState({ of });
  openDialog('document');
}

export type ReadDocument =
  | ({ readonly ok: true } & Drawn)
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: string };

const NOT_DRAWN = 'This document cannot be drawn: it is damaged, encrypted or of another kind.';

/** Tells `show` of each sheet as it is drawn, or why there is none. */
export async function readDocument(
  taskId: string,
  of: string,
  show: (read: ReadDocument) => void,
  signal: AbortSignal,
): Promise<void> {
  const tell = (read: ReadDocument) => {
    if (!signal.aborted) show(read);
  };
  const refuse = (why: string) => tell({ ok: false, why });
  try {
    const answer = await call('noteDocument', { taskId, of });
    if (answer.status === 'hub-unreachable') return refuse('Not read: the hub does not answer. Try again.');
    if (answer.status === 'unreadable') return refuse(NOT_DRAWN);
    if (answer.status === 'site-unreachable') return refuse('Not read: the site does not give it now. Try again.');
    const bytes = answer.status === 'read' ? bytesFromBase64(answer.data) : undefined;
    if (answer.status !== 'read' || bytes === undefined) return refuse('This document is no longer there.');
    if (answer.contentType === 'text/plain') return tell({ ok: true, text: new TextDecoder().decode(bytes) });
    let last: Drawn | undefined;
    const showSheets = (drawn: Drawn) => tell({ ok: true, ...(last = drawn) });
    const { pages = 1, contentType } = answer;
    const drawing =
      pages > 1
        ? drawPages(bytes, pages, (page) => pageOf(taskId, of, page), showSheets, signal)
        : drawDocument(contentType, bytes, showSheets, signal);
    await drawing.catch(() => {
      if (last === undefined) refuse(NOT_DRAWN);
      // What was drawn stays; the rest is said to be left out.
      else tell({ ok: true, ...last, wanted: last.sheets.length });
    });
  } catch (failure) {
    refuse(`Not read. ${failureWords(failure)}`);
  }
}

async function pageOf(taskId: string, of: string, page: number): Promise<Uint8Array> {
  const answer = await call('noteDocument', { taskId, of, page });
  const bytes = answer.status === 'read' ? bytesFromBase64(answer.data) : undefined;
  if (bytes === undefined) throw new Error('this page is not given');
  return bytes;
}
