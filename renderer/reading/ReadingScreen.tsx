import { useCallback, useDeferredValue, useEffect, useLayoutEffect } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';

import type { OpenCase } from '../bridge/index.ts';
import { DocumentDialog, GradeDialog, notesContextKey, NotesPanel, OutsideDialog } from '../notes/index.ts';
import { DictationBar } from '../dictation/index.ts';
import {
  AmendDialog,
  keptDrawings,
  reportContextKey,
  ReportPanel,
  SignDialog,
  useReport,
  VersionsDialog,
} from '../report/index.ts';
import { areImagesElsewhere, keyOnOtherDisplay, useSecondDisplay } from '../second-display/index.ts';
import { addAlert, currentSecond, ErrorBoundary, say } from '../ui/index.ts';
import { coverWords, followIdentity, isCovered, isDisputed, takeIdentity } from './identity.ts';
import { IdentityBanner } from './IdentityBanner.tsx';
import { IdentityDialogs } from './IdentityDialogs.tsx';
import { ImagesElsewhere } from './ImagesElsewhere.tsx';
import { tellSeen } from './late-images.ts';
import { keepLayout, readLayout } from './layout.ts';
import { patientSentence } from './patient-words.ts';
import { PatientLine } from './PatientLine.tsx';
import {
  currentStudy,
  finishSigned,
  noteGrade,
  keepClaim,
  loadOtherDraft,
  loseClaim,
  signRefusal,
  useReading,
} from './reading.ts';
import classes from './reading.module.css';
import { focusAwaitedReport, focusRegion } from './regions.ts';
import { goBackTo } from './way-back.ts';
import { UnsavedDialog } from './UnsavedDialog.tsx';
import { viewerContextKey, ViewerSlot } from './viewer-slot.tsx';

const reportViewerProblem = (text: string): void => addAlert('viewer', text);
const NO_STUDIES: OpenCase['studies'] = [];
const layoutOf = () => readLayout(localStorage, window.innerWidth);

/**
 * Images, notes and report of one case. `isBlank` hides the pixels while the workstation cannot be reached. Between cases it
 * stays in place, unseen and without a word of any patient, so that opening the next one does not build it anew.
 */
export function ReadingScreen({
  opened,
  isBlank,
}: {
  readonly opened: OpenCase | undefined;
  readonly isBlank: boolean;
}) {
  const keeper = useReport((state) => state.keeper);
  const refusal = useReading(signRefusal);
  const isElsewhere = useSecondDisplay((state) => state.isElsewhere);
  // Images and notes go first: the report is built while the first image is already on its way to the screen.
  const written = useDeferredValue(opened);
  const withWords = opened !== undefined && written?.contextKey === opened.contextKey ? opened : undefined;
  const contextKey = opened?.contextKey;
  useLayoutEffect(() => {
    if (contextKey !== undefined) focusRegion('viewer');
  }, [contextKey]);
  useEffect(() => (contextKey === undefined ? undefined : keepClaim()), [contextKey]);
  const unread = opened?.identity.state === 'unread' ? opened.taskId : undefined;
  useEffect(
    () => (unread === undefined ? undefined : followIdentity(unread, (identity) => takeIdentity(unread, identity))),
    [unread],
  );
  const isHidden = isBlank || isCovered(opened);
  const markReady = useCallback(() => {
    const { opened: now } = useReading.getState();
    if (now === undefined) return;
    performance.mark('overread:report-ready', { detail: { studyInstanceUid: currentStudy(now) } });
    focusAwaitedReport();
  }, []);
  const focusViewer = useCallback(() => {
    if (document.activeElement === document.body) focusRegion('viewer');
  }, []);
  return (
    <main
      className={classes.screen}
      data-idle={opened === undefined}
      inert={opened === undefined}
      aria-hidden={opened === undefined}
    >
      {opened === undefined ? <div className={classes.line} /> : <PatientLine opened={opened} />}
      {opened !== undefined && isDisputed(opened) && <IdentityBanner key={opened.contextKey} opened={opened} />}
      {isElsewhere && <ImagesElsewhere />}
      <Group
        key={isElsewhere ? 'without-viewer' : 'with-viewer'}
        className={classes.panels}
        orientation="horizontal"
        defaultLayout={isElsewhere ? undefined : layoutOf()}
        onLayoutChanged={(layout, meta) => {
          if (meta.isUserInteraction && !isElsewhere) keepLayout(localStorage, window.innerWidth, layout);
        }}
      >
        {!isElsewhere && (
          <>
            <Panel id="viewer" defaultSize="58%" minSize={320}>
              <div className={classes.viewer} data-region="viewer" tabIndex={-1}>
                <div className={classes.images} data-blank={isHidden} inert={isHidden}>
                  <ErrorBoundary what="The viewer" kept="Notes and report go on; your text is kept.">
                    <ViewerSlot
                      contextKey={isDisputed(opened) ? undefined : contextKey}
                      studies={isDisputed(opened) ? NO_STUDIES : (opened?.studies ?? NO_STUDIES)}
                      drawings={keptDrawings}
                      onProblem={reportViewerProblem}
                      onSaid={say}
                      onReady={focusViewer}
                      onSeen={tellSeen}
                    />
                  </ErrorBoundary>
                </div>
                {isHidden && opened !== undefined && (
                  <p className={classes.blankWords}>
                    {isBlank ? 'Images are hidden until the workstation answers.' : coverWords(opened)}
                  </p>
                )}
              </div>
            </Panel>
            <Separator className={classes.separator} aria-label="Width of viewer and notes" />
          </>
        )}
        <Panel id="notes" defaultSize={isElsewhere ? '40%' : '18%'} minSize={200}>
          {opened !== undefined && <NotesPanel opened={opened} />}
        </Panel>
        <Separator className={classes.separator} aria-label="Width of notes and report" />
        <Panel id="report" defaultSize={isElsewhere ? '60%' : '24%'} minSize={288}>
          {keeper !== undefined && withWords !== undefined && (
            <ReportPanel
              key={keeper.contextKey}
              contextKey={withWords.contextKey}
              keeper={keeper}
              template={withWords.template}
              canReport={withWords.canReport}
              signed={withWords.signed}
              signRefusal={refusal}
              onLoadOther={() => void loadOtherDraft()}
              onReady={markReady}
              onShow={goBackTo}
              dictation={<DictationBar />}
            />
          )}
        </Panel>
      </Group>
      {keeper !== undefined && withWords !== undefined && (
        <SignDialog
          keeper={keeper}
          patientLine={patientSentence(withWords, currentSecond())}
          contextKeys={shownContextKeys}
          fence={() => useReading.getState().fence}
          onSigned={finishSigned}
          onClaimLost={() => loseClaim(withWords.taskId)}
        />
      )}
      {withWords?.signed !== undefined && (
        <>
          <AmendDialog
            opened={withWords}
            patientLine={patientSentence(withWords, currentSecond())}
            onSigned={finishSigned}
          />
          <VersionsDialog taskId={withWords.taskId} />
        </>
      )}
      <IdentityDialogs />
      <OutsideDialog opened={opened} />
      <DocumentDialog opened={opened} />
      <GradeDialog opened={opened} onGraded={noteGrade} />
      <UnsavedDialog />
    </main>
  );
}

/** What each panel says it shows; a panel that shows nothing matches no case. */
const shownContextKeys = async () => ({
  viewer: (areImagesElsewhere() ? await keyOnOtherDisplay() : viewerContextKey()) ?? '',
  notes: notesContextKey() ?? '',
  report: reportContextKey() ?? '',
});
