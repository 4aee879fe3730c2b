import { Textarea } from '@mantine/core';
import { memo, useLayoutEffect, useState } from 'react';

import type { ReportSection, TemplateSection } from '#shared/reporting/report.ts';

import { isProposed } from '#shared/reporting/impression-draft.ts';

import { noteSection } from './current-report.ts';
import { plainPaste, typeText } from './edit-report.ts';
import type { Edit } from './FieldEditor.tsx';
import { SectionFields } from './SectionFields.tsx';
import { expandHere, runOfChange, showBox, sourceOfChange, writeIntoBox } from './macros.ts';
import classes from './report.module.css';

/** One section: its structured fields under their own labels, its groups, then its free text under the section's title. */
export const ReportSectionEditor = memo(function ReportSectionEditor(props: {
  readonly section: ReportSection;
  readonly template: TemplateSection | undefined;
  readonly isReadOnly: boolean;
  readonly onEdit: Edit;
}) {
  const { section } = props;
  const [box, setBox] = useState<HTMLTextAreaElement | null>(null);
  return (
    <div className={classes.section} data-role={section.role}>
      <SectionFields section={section} template={props.template} isReadOnly={props.isReadOnly} onEdit={props.onEdit} />
      <SectionText
        sectionId={section.id}
        title={section.title}
        role={section.role}
        origin={originOf(section)}
        isReadOnly={props.isReadOnly}
        onBox={setBox}
        onEdit={props.onEdit}
      />
      <TextInBox box={box} text={section.text} />
    </div>
  );
});

/**
 * The box keeps its own text: a key in it draws nothing anew, however long the text. A controlled box would be given all of it
 * twice with every key, as its value and as its content.
 */
const SectionText = memo(function SectionText(props: {
  readonly sectionId: string;
  readonly title: string;
  readonly role: ReportSection['role'];
  readonly origin: string | undefined;
  readonly isReadOnly: boolean;
  readonly onBox: (box: HTMLTextAreaElement | null) => void;
  readonly onEdit: Edit;
}) {
  const { sectionId, title, role, isReadOnly, onBox, onEdit } = props;
  const hasLongText = role === 'findings' || role === 'impression';
  return (
    <Textarea
      ref={onBox}
      label={title}
      description={props.origin}
      readOnly={isReadOnly}
      classNames={BOX_CLASSES}
      rows={hasLongText ? 3 : 1}
      spellCheck={false}
      autoComplete="off"
      maxLength={200_000}
      data-section={role}
      data-section-id={sectionId}
      onFocus={(event) => {
        showBox(event.currentTarget);
        noteSection(sectionId);
      }}
      onKeyDown={(event) => {
        const isTab = event.key === 'Tab' && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
        if (isTab && !isReadOnly && expandHere(event.currentTarget)) event.preventDefault();
      }}
      onPaste={(event) => {
        if (isReadOnly) return;
        event.preventDefault();
        writeIntoBox(plainPaste(event.clipboardData.getData('text/plain')), 'typed');
      }}
      onInput={(event) =>
        onEdit(typeText(sectionId, event.currentTarget.value, sourceOfChange()), runOfChange(sectionId))
      }
    />
  );
});

/** Where text came from that nobody here wrote. */
function originOf(section: ReportSection): string | undefined {
  if (isProposed(section)) return 'Draft from the findings, not yet confirmed: Alt D confirms.';
  return section.textSource === 'order' && section.text !== '' ? 'From the order' : undefined;
}

const BOX_CLASSES = { input: classes.growing ?? '' };

/** Writes into the box what came into the report from elsewhere: dictated, undone, restored, proposed. */
function TextInBox({ box, text }: { readonly box: HTMLTextAreaElement | null; readonly text: string }) {
  useLayoutEffect(() => fill(box, text), [box, text]);
  return null;
}

function fill(box: HTMLTextAreaElement | null, text: string): void {
  if (box !== null && box.value !== text) box.value = text;
}
