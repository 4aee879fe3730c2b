import { NativeSelect, TextInput } from '@mantine/core';
import { memo, useState } from 'react';

import { readPartialDate } from '#shared/reporting/partial-date.ts';
import { sayValue } from '#shared/reporting/plain-sections.ts';
import type { ReportBody, ReportField, TemplateField } from '#shared/reporting/report.ts';

import { noteField } from './current-report.ts';
import { typeField } from './edit-report.ts';
import classes from './report.module.css';

export type Edit = (change: (body: ReportBody) => ReportBody, run?: string) => void;

/** One field in the form its kind asks for. Drawn anew only when its own value changes, not with every key in the text below it. */
export const FieldEditor = memo(function FieldEditor(props: {
  readonly sectionId: string;
  readonly field: ReportField;
  readonly template: TemplateField | undefined;
  readonly isReadOnly: boolean;
  readonly onEdit: Edit;
}) {
  const { sectionId, field, template } = props;
  const reach = () => noteField(sectionId, field.id);
  const type = (value: string) => props.onEdit(typeField(sectionId, field.id, value), `field ${sectionId} ${field.id}`);
  if (field.kind === 'date') return <DateBox field={field} isReadOnly={props.isReadOnly} reach={reach} type={type} />;
  if ((template?.kind === 'choice' || template?.kind === 'laterality') && !props.isReadOnly) {
    const options = (template.options ?? []).map(({ value, label }) => ({ value, label }));
    const isOffered = options.some(({ value }) => value === field.value);
    return (
      <NativeSelect
        label={field.label}
        value={field.value}
        data-field={field.id}
        onFocus={reach}
        data={
          isOffered
            ? options
            : [{ value: field.value, label: field.value === '' ? 'Choose…' : field.value }, ...options]
        }
        onChange={(event) => type(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      label={field.label}
      value={sayValue(field)}
      data-field={field.id}
      onFocus={reach}
      readOnly={props.isReadOnly}
      inputMode={template?.kind === 'number' ? 'decimal' : 'text'}
      error={template?.kind === 'number' ? numberComplaint(field.value, template) : undefined}
      rightSection={field.unit === undefined ? undefined : <span className={classes.unit}>{field.unit}</span>}
      rightSectionWidth={field.unit === undefined ? undefined : `${field.unit.length + 2}ch`}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
});

/** What is typed stays in the box while it is typed in; the report has the date that it means. */
function DateBox(props: {
  readonly field: ReportField;
  readonly isReadOnly: boolean;
  readonly reach: () => void;
  readonly type: (value: string) => void;
}) {
  const { field } = props;
  const [typed, setTyped] = useState<string>();
  const isTyping = typed !== undefined && dateOf(typed) === field.value;
  return (
    <TextInput
      label={field.label}
      value={isTyping ? typed : field.value}
      data-field={field.id}
      onFocus={props.reach}
      onBlur={() => setTyped(undefined)}
      readOnly={props.isReadOnly}
      placeholder="2024-03-12"
      title="A day, a month or a year: 2024-03-12, 3/2024, 2024"
      error={dateComplaint(field.value)}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        props.type(dateOf(event.currentTarget.value));
      }}
    />
  );
}

/** What is no date stays as it was typed: nothing is lost, and the checks ask about it. */
const dateOf = (typed: string): string => readPartialDate(typed).date ?? typed;

function dateComplaint(value: string): string | undefined {
  if (value.trim() === '') return undefined;
  const read = readPartialDate(value);
  if (read.date !== undefined) return undefined;
  return read.why === 'ambiguous' ? 'Day or month first? 2024-03-12' : 'Not a date';
}

/** Said while typing; what was typed stays as it is. */
function numberComplaint(value: string, { min, max }: Pick<TemplateField, 'min' | 'max'>): string | undefined {
  if (value.trim() === '') return undefined;
  const number = Number(value.replace(',', '.'));
  if (Number.isNaN(number)) return 'Not a number';
  if (min !== undefined && number < min) return `At least ${min}`;
  if (max !== undefined && number > max) return `At most ${max}`;
  return undefined;
}
