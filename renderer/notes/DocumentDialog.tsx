import { Modal, NativeSelect } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

import type { OpenCase } from '../bridge/index.ts';
import { closeDialog, useDialog } from '../ui/index.ts';
import { documentsOf, readDocument, showDocument, useShownDocument, type ReadDocument } from './documents.ts';
import type { Drawn, DrawnSheet } from './draw-document.ts';
import classes from './notes.module.css';

/** Letters and reports that are pictures or PDF, drawn page by page, and letters in words. */
export function DocumentDialog({ opened }: { readonly opened: OpenCase | undefined }) {
  const isOpen = useDialog(({ open }) => open === 'document');
  return (
    <Modal opened={isOpen && opened !== undefined} onClose={closeDialog} title="Document" size="xl">
      {isOpen && opened !== undefined && <Documents opened={opened} />}
    </Modal>
  );
}

function Documents({ opened }: { readonly opened: OpenCase }) {
  const documents = documentsOf(opened);
  const asked = useShownDocument(({ of }) => of);
  const of = asked ?? documents[0]?.picture?.of;
  const [shown, setShown] = useState<{ readonly of: string; readonly read: ReadDocument }>();
  const { taskId } = opened;
  useEffect(() => {
    const left = new AbortController();
    if (of !== undefined) void readDocument(taskId, of, (read) => setShown({ of, read }), left.signal);
    return () => left.abort();
  }, [taskId, of]);
  if (of === undefined) return <p>This case has no document to open.</p>;
  const read = shown?.of === of ? shown.read : undefined;
  return (
    <>
      <NativeSelect
        label="Document of this case"
        value={of}
        onChange={(event) => showDocument(event.currentTarget.value)}
        data={documents.map(({ label, source, picture }) => ({
          value: picture?.of ?? '',
          label: `${label} (${source})`,
        }))}
      />
      {read === undefined && <p role="status">Reading the document.</p>}
      {read?.ok === false && <p role="alert">{read.why}</p>}
      {read?.ok === true && 'text' in read && (
        <article aria-label="Text of the document" className={classes.whole}>
          {read.text}
        </article>
      )}
      {read?.ok === true && 'sheets' in read && <Sheets drawn={read} />}
    </>
  );
}

function Sheets({ drawn: { sheets, wanted, pages } }: { readonly drawn: Drawn }) {
  return (
    <>
      {sheets.map((sheet, place) => (
        <Sheet key={place} sheet={sheet} name={`Page ${place + 1} of ${pages}`} />
      ))}
      {sheets.length < wanted && <p role="status">Drawing page {sheets.length + 1}.</p>}
      {pages > wanted && (
        <p role="alert">
          Not all of this document is shown: pages {wanted + 1} to {pages} are left out.
        </p>
      )}
    </>
  );
}

function Sheet({ sheet, name }: { readonly sheet: DrawnSheet; readonly name: string }) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => holder.current?.replaceChildren(sheet.canvas), [sheet]);
  return (
    <figure className={classes.sheet}>
      <div ref={holder} role="img" aria-label={`${name}${sheet.words === '' ? '' : `: ${sheet.words}`}`} />
      <figcaption className={classes.source}>{name}</figcaption>
    </figure>
  );
}
