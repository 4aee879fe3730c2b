import { useEffect } from 'react';

import {
  coverWords,
  followIdentity,
  focusRegion,
  isCovered,
  QuietPatientLine,
  tellSeen,
  ViewerSlot,
} from '../reading/index.ts';
import { DisplayCheckDialog, DisplayDue } from '../displays/index.ts';
import { windowNumber } from '../second-display/index.ts';
import { useSession } from '../settings/index.ts';
import { ErrorBoundary, MessageBar, say } from '../ui/index.ts';
import { caseToShow, drawnBefore, showProblem, takeIdentity, useImagesWindow } from './images-window.ts';
import classes from './images-window.module.css';

const NUMBER = windowNumber();
const focusViewer = (): void => focusRegion('viewer');

/** The images of the open case, and whose they are; black whenever that is not certain. */
export function ImagesWindow() {
  const opened = useImagesWindow(caseToShow);
  const unread = opened?.identity.state === 'unread' ? opened.taskId : undefined;
  useEffect(
    () => (unread === undefined ? undefined : followIdentity(unread, (identity) => takeIdentity(unread, identity))),
    [unread],
  );
  const blackWords = useBlackWords();
  if (blackWords !== undefined || opened === undefined) return <Black words={blackWords ?? 'Opening the case…'} />;
  if (isCovered(opened)) return <Black words={coverWords(opened)} />;
  return (
    <main className={classes.screen}>
      <QuietPatientLine opened={opened} />
      <DisplayCheckDialog />
      <div className={classes.images} data-region="viewer" tabIndex={-1}>
        <ErrorBoundary what="The viewer" kept="Notes and report go on in the main window.">
          <ViewerSlot
            key={opened.contextKey}
            contextKey={opened.contextKey}
            studies={opened.studies}
            windowNumber={NUMBER}
            drawings={drawnBefore}
            onProblem={showProblem}
            onSaid={say}
            onReady={focusViewer}
            onSeen={tellSeen}
          />
        </ErrorBoundary>
      </div>
      <MessageBar>
        <DisplayDue />
      </MessageBar>
    </main>
  );
}

function Black({ words }: { readonly words: string | undefined }) {
  const isLocked = useSession((state) => state.session?.locked !== false);
  return (
    <main className={classes.black}>
      <p role="status">{words}</p>
      {!isLocked && <DisplayCheckDialog />}
    </main>
  );
}

/** Why no images may be shown, calmly; undefined when there is a case. */
function useBlackWords(): string | undefined {
  const session = useSession((state) => state.session);
  const refusal = useSession((state) => state.refusal);
  const { link, isGivenBack, expectedKey } = useImagesWindow();
  if (isGivenBack) return 'The images are in the main window again. This window may be closed.';
  if (session === undefined) return refusal ?? 'Starting Overread…';
  if (session.locked) return 'Locked. Unlock in the main window.';
  if (link === 'lost') return 'Images are hidden until the workstation answers.';
  return expectedKey === undefined ? 'No case is open. Images appear here as soon as one is.' : undefined;
}
