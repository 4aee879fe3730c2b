import { NativeSelect } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { REPORT_STATE_FACTS } from '#shared/reporting/report-state.ts';
import type { Template } from '#shared/reporting/report.ts';

import { call, failureWords, type Answer, type OpenCase } from '../bridge/index.ts';
import { CommandButton } from '../commands/index.ts';
import { raiseAlert, showReaderName } from '../ui/index.ts';
import { useReport } from './current-report.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import { noteKeyImage, removeReportMeasurement, switchTemplate, toggleKeyImage } from './edit-report.ts';
import { DrawnMeasurements, KeyImages } from './KeyImages.tsx';
import { ReportSectionEditor } from './ReportSectionEditor.tsx';
import { loadMacros } from './macros.ts';
import { SaveStateLine } from './SaveStateLine.tsx';
import classes from './report.module.css';

type AnyTemplate = Answer<'templates'>['templates'][number];

export function ReportPanel(props: {
  readonly contextKey: string;
  readonly keeper: DraftKeeper;
  readonly template: Template;
  readonly canReport: boolean;
  /** The newest signed version, where there is one. */
  readonly signed: OpenCase['signed'];
  /** Why signing is not possible now, in words. */
  readonly signRefusal: string | undefined;
  readonly onLoadOther: () => void;
  readonly onReady: () => void;
  /** What listens, above the sections' foot. */
  readonly dictation: ReactNode;
}) {
  const { keeper, onReady } = props;
  const body = useStore(keeper.store, (draft) => draft.body);
  const [templates, setTemplates] = useState<readonly AnyTemplate[]>([]);
  useEffect(() => {
    onReady();
    void loadMacros();
    call('templates', {}).then(
      (answer) => setTemplates(answer.templates),
      (failure: unknown) => raiseAlert('templates', `Other templates cannot be shown. ${failureWords(failure)}`),
    );
  }, [keeper, onReady]);
  const template = templates.find(({ id }) => id === body.templateId) ?? props.template;
  useEffect(() => useReport.setState({ template }), [template]);
  const known = templates.some(({ id }) => id === body.templateId);
  return (
    <section aria-label="Report" data-region="report" tabIndex={-1} className={classes.panel}>
      <header className={classes.header}>
        <h2>{body.title}</h2>
        {props.canReport && (
          <NativeSelect
            aria-label="Template"
            className={classes.templates ?? ''}
            value={body.templateId}
            data={[
              ...(known ? [] : [{ value: body.templateId, label: body.title }]),
              ...templates.map(({ id, title }) => ({ value: id, label: title })),
            ]}
            onChange={(event) => {
              const chosen = templates.find(({ id }) => id === event.currentTarget.value);
              if (chosen !== undefined) keeper.edit(switchTemplate(chosen));
            }}
          />
        )}
      </header>
      <div className={classes.sections} onBlur={() => void keeper.flush()}>
        {body.sections.map((section) => (
          <ReportSectionEditor
            key={`${body.templateId} ${section.id}`}
            section={section}
            template={template.sections.find(({ id }) => id === section.id)}
            isReadOnly={!props.canReport}
            onEdit={keeper.edit}
          />
        ))}
        <KeyImages
          images={body.keyImages ?? []}
          onRemove={props.canReport ? (image) => keeper.edit(toggleKeyImage(image)) : undefined}
          onNote={(image, note) => keeper.edit(noteKeyImage(image, note))}
        />
        <DrawnMeasurements
          measurements={body.measurements ?? []}
          onRemove={
            props.canReport ? ({ trackingUuid }) => keeper.edit(removeReportMeasurement(trackingUuid)) : undefined
          }
        />
      </div>
      {props.canReport && props.dictation}
      <footer className={classes.footer}>
        {props.canReport ? (
          <SaveStateLine keeper={keeper} onLoadOther={props.onLoadOther} />
        ) : (
          <SignedLine signed={props.signed} />
        )}
        {props.canReport && <CommandButton id="critical.mark" label="Critical" hidesKey />}
        {props.canReport && (
          <CommandButton id="report.sign" variant="filled" isDisabled={props.signRefusal !== undefined} />
        )}
        {props.signRefusal !== undefined && props.canReport && (
          <span className={classes.refusal}>{props.signRefusal}</span>
        )}
      </footer>
    </section>
  );
}

/** Which version is looked at, and what may follow it. */
function SignedLine({ signed }: { readonly signed: OpenCase['signed'] }) {
  if (signed === undefined) return <span className={classes.quiet}>Only to look: nothing can be changed here.</span>;
  return (
    <>
      <span className={classes.quiet}>
        {REPORT_STATE_FACTS[signed.state].words}, version {signed.version}, {showReaderName(signed.signedBy)}
      </span>
      <CommandButton id="report.addendum" label="Addendum" />
      <CommandButton id="report.correct" label="Correct" />
      <CommandButton id="report.versions" label="Versions" />
    </>
  );
}
