import { Button, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';

import { entriesOf, entryTitle, ownFields, type Entry } from '#shared/reporting/entries.ts';
import type { ReportSection, TemplateGroup, TemplateSection } from '#shared/reporting/report.ts';

import { addEntryTo, removeEntryFrom } from './entry-commands.ts';
import { FieldEditor, type Edit } from './FieldEditor.tsx';
import classes from './report.module.css';

/** The structured fields of a section under their own labels, then the entries of its groups, numbered in their order, and what adds another. */
export function SectionFields(props: {
  readonly section: ReportSection;
  readonly template: TemplateSection | undefined;
  readonly isReadOnly: boolean;
  /** Their values may be changed, but none be added or taken away. */
  readonly hasFixedEntries?: boolean;
  readonly onEdit: Edit;
}) {
  const { section, template, isReadOnly } = props;
  const fields = ownFields(section);
  const isFixed = isReadOnly || props.hasFixedEntries === true;
  return (
    <>
      {fields.length > 0 && (
        <div className={classes.fields}>
          {fields.map((field) => (
            <FieldEditor
              key={field.id}
              field={field}
              template={template?.fields.find(({ id }) => id === field.id)}
              isReadOnly={isReadOnly}
              sectionId={section.id}
              onEdit={props.onEdit}
            />
          ))}
        </div>
      )}
      {entriesOf(section).map((entry) => (
        <EntryFields
          key={`${entry.groupId} ${entry.key}`}
          entry={entry}
          sectionId={section.id}
          group={template?.groups?.find(({ id }) => id === entry.groupId)}
          isReadOnly={isReadOnly}
          isFixed={isFixed}
          onEdit={props.onEdit}
        />
      ))}
      {!isFixed &&
        template?.groups?.map((group) => (
          <Button
            key={group.id}
            className={classes.addEntry ?? ''}
            size="compact-sm"
            variant="default"
            aria-keyshortcuts="Alt+Q"
            title={`Add ${group.label.toLowerCase()} (Alt Q)`}
            onClick={() => addEntryTo(section.id, group)}
          >
            Add {group.label.toLowerCase()}
          </Button>
        ))}
    </>
  );
}

function EntryFields(props: {
  readonly entry: Entry;
  readonly sectionId: string;
  readonly group: TemplateGroup | undefined;
  readonly isReadOnly: boolean;
  readonly isFixed: boolean;
  readonly onEdit: Edit;
}) {
  const { entry, sectionId, group, isReadOnly } = props;
  const title = entryTitle(entry);
  return (
    <div role="group" aria-label={title} className={classes.entry}>
      <div className={classes.entryTitle}>
        {title}
        {!props.isFixed && (
          // Out of the way from field to field: Alt X does the same.
          <UnstyledButton
            className={classes.keyImageRemove}
            aria-label={`Remove ${title.toLowerCase()}`}
            aria-keyshortcuts="Alt+X"
            title={`Remove ${title.toLowerCase()} (Alt X)`}
            tabIndex={-1}
            onClick={() => removeEntryFrom(sectionId, entry)}
          >
            <IconX size={14} aria-hidden />
          </UnstyledButton>
        )}
      </div>
      <div className={classes.fields}>
        {entry.fields.map((field) => (
          <FieldEditor
            key={field.id}
            field={field}
            template={group?.fields.find(({ id }) => id === field.entry?.fieldId)}
            isReadOnly={isReadOnly}
            sectionId={sectionId}
            onEdit={props.onEdit}
          />
        ))}
      </div>
    </div>
  );
}
