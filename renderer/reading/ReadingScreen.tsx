import { useCallback, useEffect } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';

import type { OpenCase } from '../bridge/index.ts';
import { notesContextKey, NotesPanel } from '../notes/index.ts';
import { reportContextKey, ReportPanel, SignDialog, useReport } from '../report/index.ts';
import { areImagesElsewhere, keyOnOtherDisplay, useSecondDisplay } from '../second-display/index.ts';
import { currentSecond, ErrorBoundary, raiseAlert } from '../ui/index.ts';
import { ImagesElsewhere } from './ImagesElsewhere.tsx';
import { keepLayout, readLayout } from './layout.ts';
import { patientSentence } from './patient-words.ts';
import { PatientLine } from './PatientLine.tsx';
import {
  currentStudy,
  finishSigned,
  keepClaim,
  loadOtherDraft,
  loseClaim,
  signRefusal,
  useReading,
} from './reading.ts';
import classes from './reading.module.css';
import { focusRegion } from './regions.ts';
import { UnsavedDialog } from './UnsavedDialog.tsx';
import { viewerContextKey, ViewerSlot } from './viewer-slot.tsx';

const reportViewerProblem = (text: string): void => raiseAlert('viewer', text);
const layoutOf = () => readLayout(localStorage, window.innerWidth);

/** Images, notes and report of one case. `isBlank` hides the pixels while the workstation cannot be reached. */
export function ReadingScreen(props: { readonly opened: OpenCase; readonly isBlank: boolean }) {
  const { opened } = props;
  const keeper = useReport((state) => state.keeper);
  const refusal = useReading(signRefusal);
  const isElsewhere = useSecondDisplay((state) => state.isElsewhere);
  useEffect(() => {
    focusRegion('viewer');
    return keepClaim();
  }, [opened.contextKey]);
  const markReady = useCallback(() => {
    performance.mark('overread:report-ready', { detail: { studyInstanceUid: currentStudy(opened) } });
  }, [opened]);
  const focusViewer = useCallback(() => {
    if (document.activeElement === document.body) focusRegion('viewer');
  }, []);
  return (
    <main className={classes.screen}>
      <PatientLine opened={opened} />
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
                <div className={classes.images} data-blank={props.isBlank} inert={props.isBlank}>
                  <ErrorBoundary what="The viewer" kept="Notes and report go on; your text is kept.">
                    <ViewerSlot
                      key={opened.contextKey}
                      contextKey={opened.contextKey}
                      studies={opened.studies}
                      onProblem={reportViewerProblem}
                      onReady={focusViewer}
                    />
                  </ErrorBoundary>
                </div>
                {props.isBlank && (
                  <p className={classes.blankWords}>Images are hidden until the workstation answers.</p>
                )}
              </div>
            </Panel>
            <Separator className={classes.separator} aria-label="Width of viewer and notes" />
          </>
        )}
        <Panel id="notes" defaultSize={isElsewhere ? '40%' : '18%'} minSize={200}>
          <NotesPanel contextKey={opened.contextKey} notes={opened.notes} priors={opened.priors} />
        </Panel>
        <Separator className={classes.separator} aria-label="Width of notes and report" />
        <Panel id="report" defaultSize={isElsewhere ? '60%' : '24%'} minSize={288}>
          {keeper !== undefined && (
            <ReportPanel
              key={keeper.contextKey}
              contextKey={opened.contextKey}
              keeper={keeper}
              template={opened.template}
              canReport={opened.canReport}
              signRefusal={refusal}
              onLoadOther={() => void loadOtherDraft()}
              onReady={markReady}
            />
          )}
        </Panel>
      </Group>
      {keeper !== undefined && (
        <SignDialog
          keeper={keeper}
          patientLine={patientSentence(opened, currentSecond())}
          contextKeys={shownContextKeys}
          fence={() => useReading.getState().fence}
          onSigned={finishSigned}
          onClaimLost={() => loseClaim(opened.taskId)}
        />
      )}
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
