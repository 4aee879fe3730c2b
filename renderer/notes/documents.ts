import { create } from 'zustand';

import { bytesFromBase64 } from '#shared/fhir/base64-text.ts';

import { call, failureWords, type OpenCase } from '../bridge/index.ts';
import { openDialog } from '../ui/index.ts';
import { drawDocument, type DrawnSheet } from './draw-document.ts';
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
  { readonly ok: true; readonly sheets: readonly DrawnSheet[] } | { readonly ok: false; readonly why: string };

export async function readDocument(taskId: string, of: string): Promise<ReadDocument> {
  try {
    const answer = await call('noteDocument', { taskId, of });
    if (answer.status === 'hub-unreachable') return { ok: false, why: 'Not read: the hub does not answer. Try again.' };
    const bytes = answer.status === 'read' ? bytesFromBase64(answer.data) : undefined;
    if (answer.status !== 'read' || bytes === undefined) return { ok: false, why: 'This document is no longer there.' };
    const sheets = await drawDocument(answer.contentType, bytes).catch(() => undefined);
    return sheets === undefined
      ? { ok: false, why: 'This document cannot be drawn: it is damaged, encrypted or of another kind.' }
      : { ok: true, sheets };
  } catch (failure) {
    return { ok: false, why: `Not read. ${failureWords(failure)}` };
  }
}
