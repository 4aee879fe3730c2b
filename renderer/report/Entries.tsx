import { Button, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';

import { entriesOf, entryTitle, type Entry } from '#shared/reporting/entries.ts';
import type { ReportSection, TemplateGroup, TemplateSection } from '#shared/reporting/report.ts';

import { addEntryTo, removeEntryFrom } from './entry-commands.ts';
import { FieldEditor, type Edit } from './FieldEditor.tsx';
import classes from './report.module.css';

/** The entries of a section's groups, numbered in their order, and what adds another. */
export function Entries(props: {
  readonly section: ReportSection;
  readonly template: TemplateSection | undefined;
  readonly isReadOnly: boolean;
  readonly onEdit: Edit;
}) {
  const { section, template, isReadOnly } = props;
  return (
    <>
      {entriesOf(section).map((entry) => (
        <EntryFields
          key={`${entry.groupId} ${entry.key}`}
          entry={entry}
          sectionId={section.id}
          group={template?.groups?.find(({ id }) => id === entry.groupId)}
          isReadOnly={isReadOnly}
          onEdit={props.onEdit}
        />
      ))}
      {!isReadOnly &&
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
  readonly onEdit: Edit;
}) {
  const { entry, sectionId, group, isReadOnly } = props;
  const title = entryTitle(entry);
  return (
    <div role="group" aria-label={title} className={classes.entry}>
      <div className={classes.entryTitle}>
        {title}
        {!isReadOnly && (
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
