import { NativeSelect } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { REPORT_STATE_FACTS } from '#shared/reporting/report-state.ts';
import type { KeyImage, ReportMeasurement, Template } from '#shared/reporting/report.ts';
import { removeScore } from '#shared/reporting/scores/report-score.ts';

import { call, failureWords, type Answer, type OpenCase } from '../bridge/index.ts';
import { CommandButton } from '../commands/index.ts';
import { raiseAlert, showReaderName } from '../ui/index.ts';
import { noteCaret, useReport } from './current-report.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import { noteKeyImage, removeReportMeasurement, toggleKeyImage } from './edit-report.ts';
import { DrawnMeasurements, KeyImages } from './KeyImages.tsx';
import { ReportScores } from './ReportScores.tsx';
import { ReportSectionEditor } from './ReportSectionEditor.tsx';
import { loadMacros } from './macros.ts';
import { SaveStateLine } from './SaveStateLine.tsx';
import { SpellingLine } from './SpellingLine.tsx';
import { followSpelling } from './spelling.ts';
import { switchTemplate } from './switch-template.ts';
import { stepChange } from './undo-changes.ts';
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
  /** To the image or the planes a line of the report speaks of. */
  readonly onShow: (place: KeyImage | ReportMeasurement) => void;
  /** What listens, above the sections' foot. */
  readonly dictation: ReactNode;
}) {
  const { keeper, onReady } = props;
  const templateId = useStore(keeper.store, (draft) => draft.body.templateId);
  const title = useStore(keeper.store, (draft) => draft.body.title);
  const [templates, setTemplates] = useState<readonly AnyTemplate[]>([]);
  useEffect(() => {
    onReady();
    void loadMacros();
    call('templates', {}).then(
      (answer) => setTemplates(answer.templates),
      (failure: unknown) => raiseAlert('templates', `Other templates cannot be shown. ${failureWords(failure)}`),
    );
  }, [keeper, onReady]);
  const { canReport } = props;
  useEffect(() => {
    if (canReport && templates.length > 0) return followSpelling(keeper, templates);
    return undefined;
  }, [keeper, templates, canReport]);
  const template = templates.find(({ id }) => id === templateId) ?? props.template;
  useEffect(() => useReport.setState({ template }), [template]);
  const known = templates.some(({ id }) => id === templateId);
  return (
    <section aria-label="Report" data-region="report" tabIndex={-1} className={classes.panel}>
      <header className={classes.header}>
        <h2>{title}</h2>
        {props.canReport && (
          <NativeSelect
            aria-label="Template"
            className={classes.templates ?? ''}
            value={templateId}
            data={[
              ...(known ? [] : [{ value: templateId, label: title }]),
              ...templates.map(({ id, title }) => ({ value: id, label: title })),
            ]}
            onChange={(event) => {
              const chosen = templates.find(({ id }) => id === event.currentTarget.value);
              if (chosen !== undefined) keeper.edit(switchTemplate(chosen));
            }}
          />
        )}
      </header>
      <div className={classes.sections} ref={followBoxes} onBlur={() => void keeper.flush()}>
        <Sections keeper={keeper} template={template} canReport={props.canReport} onShow={props.onShow} />
      </div>
      {props.canReport && <SpellingLine />}
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

/** What is written. Apart from the panel around it, which is not drawn anew with every key. */
function Sections(props: {
  readonly keeper: DraftKeeper;
  readonly template: Template;
  readonly canReport: boolean;
  readonly onShow: (place: KeyImage | ReportMeasurement) => void;
}) {
  const { keeper, template } = props;
  const body = useStore(keeper.store, (draft) => draft.body);
  return (
    <>
      {body.sections.map((section) => (
        <ReportSectionEditor
          key={`${body.templateId} ${section.id}`}
          section={section}
          template={template.sections.find(({ id }) => id === section.id)}
          isReadOnly={!props.canReport}
          onEdit={keeper.edit}
        />
      ))}
      <ReportScores
        scores={body.scores ?? []}
        onRemove={props.canReport ? (score) => keeper.edit(removeScore(score)) : undefined}
      />
      <KeyImages
        images={body.keyImages ?? []}
        onShow={props.onShow}
        onRemove={props.canReport ? (image) => keeper.edit(toggleKeyImage(image)) : undefined}
        onNote={(image, note) => keeper.edit(noteKeyImage(image, note))}
      />
      <DrawnMeasurements
        measurements={body.measurements ?? []}
        onShow={props.onShow}
        onRemove={
          props.canReport ? ({ trackingUuid }) => keeper.edit(removeReportMeasurement(trackingUuid)) : undefined
        }
      />
    </>
  );
}

/** What native boxes tell that React is not asked about: the browser's own undo, which means ours here, and where the caret is. */
function followBoxes(sections: HTMLDivElement | null): (() => void) | undefined {
  const onBeforeInput = (event: InputEvent) => {
    if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return;
    event.preventDefault();
    stepChange(event.inputType === 'historyUndo' ? 'undo' : 'redo');
  };
  /** Ends here: on the document, where React listens, it costs two milliseconds with every key. */
  const onSelectionChange = (event: Event) => {
    const { target: box } = event;
    if (!(box instanceof HTMLTextAreaElement)) return;
    event.stopPropagation();
    // A box that is written into by the program has its caret moved too: nobody works there.
    if (box !== document.activeElement || box.dataset['sectionId'] === undefined) return;
    noteCaret(box.dataset['sectionId'], box.selectionEnd);
  };
  /** The browser tells of a moved caret later than it moves: what the box was left with counts. */
  const onFocusOut = ({ target: box }: FocusEvent) => {
    if (!(box instanceof HTMLTextAreaElement) || box.dataset['sectionId'] === undefined) return;
    noteCaret(box.dataset['sectionId'], box.selectionEnd);
  };
  sections?.addEventListener('beforeinput', onBeforeInput);
  sections?.addEventListener('focusout', onFocusOut);
  sections?.addEventListener('selectionchange', onSelectionChange, true);
  return () => {
    sections?.removeEventListener('beforeinput', onBeforeInput);
    sections?.removeEventListener('focusout', onFocusOut);
    sections?.removeEventListener('selectionchange', onSelectionChange, true);
  };
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
