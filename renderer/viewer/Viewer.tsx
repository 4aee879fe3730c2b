import { useEffect, useLayoutEffect, useRef, useState, type CSSProperties } from 'react';
import { bindCommands, commandForKey, openSession } from './commands.ts';
import { rehearseHangings } from './hangings.ts';
import type { DrawingsChange, KeptDrawing } from '#shared/reporting/kept-drawing.ts';
import type { StudyToShow } from './load-studies.ts';
import { createViewerSession } from './session.ts';
import { theStage } from './stage.ts';
import { HangingBlock } from './ui/HangingBlock.tsx';
import { HangingPanel } from './ui/HangingPanel.tsx';
import { MeasurementList } from './ui/MeasurementList.tsx';
import { isForList, leaveList } from './ui/move-focus.ts';
import { OthersList } from './ui/OthersList.tsx';
import { PaneView } from './ui/PaneView.tsx';
import { PlanesView } from './ui/PlanesView.tsx';
import { Question } from './ui/Question.tsx';
import { RecordingPanel } from './ui/RecordingPanel.tsx';
import { SeriesList } from './ui/SeriesList.tsx';
import { Toolbar } from './ui/Toolbar.tsx';
import { resetViewer, useViewer } from './viewer-store.ts';
import styles from './viewer.module.css';

export interface ViewerProps {
  /** Undefined between cases: everything is set up and nothing is shown. */
  readonly contextKey: string | undefined;
  readonly studies: readonly StudyToShow[];
  /** Of several windows of images: the first where it is not said. */
  readonly windowNumber?: number;
  /** What was drawn on the case before. */
  readonly drawings?: () => readonly KeptDrawing[];
  /** What stays wrong until it is mended. */
  readonly onProblem: (message: string) => void;
  /** What an act of the reader's came to. */
  readonly onSaid: (message: string) => void;
  readonly onReady?: () => void;
  /** These images were painted since this was last called. */
  readonly onSeen?: (studyInstanceUid: string, sopInstanceUids: readonly string[]) => void;
}

function Panes({ isBlank }: { readonly isBlank: boolean }) {
  const { layout, panes, activePaneId, maximisedPaneId, planes } = useViewer();
  const grid: CSSProperties =
    maximisedPaneId === undefined
      ? { gridTemplate: `repeat(${layout.rows}, minmax(0, 1fr)) / repeat(${layout.columns}, minmax(0, 1fr))` }
      : { gridTemplate: 'minmax(0, 1fr) / minmax(0, 1fr)' };
  return (
    <div
      className={styles.panes}
      style={grid}
      data-blank={isBlank || planes !== undefined}
      inert={planes !== undefined}
    >
      {panes
        .filter((pane) => maximisedPaneId === undefined || pane.id === maximisedPaneId)
        .map((pane) => (
          <PaneView key={pane.id} pane={pane} isActive={pane.id === activePaneId} />
        ))}
    </div>
  );
}

function Message() {
  const phase = useViewer((state) => state.phase);
  const message = useViewer((state) => state.message);
  const words = { loading: 'Loading the study', empty: 'This case has no images', failed: message, ready: undefined }[
    phase
  ];
  return words === undefined ? null : (
    <p className={styles.message} role={phase === 'failed' ? 'alert' : 'status'}>
      {words}
    </p>
  );
}

const isEditing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** The images of one case. A change of `contextKey` takes everything of the last one off the screen first. */
export function Viewer(props: ViewerProps) {
  const { contextKey, studies, windowNumber = 1, drawings, onProblem, onSaid, onReady, onSeen } = props;
  const region = useRef<HTMLElement>(null);
  const isOpen = useViewer((state) => contextKey !== undefined && state.contextKey === contextKey);
  /** What the session of now was given. */
  const shown = useRef<{ readonly contextKey: string | undefined; readonly studies: readonly StudyToShow[] }>({
    contextKey: undefined,
    studies: [],
  });
  const [withdrawn, setWithdrawn] = useState(0);
  const latest = useRef({ studies, drawings, onProblem, onSaid, onReady, onSeen });
  useLayoutEffect(() => {
    latest.current = { studies, drawings, onProblem, onSaid, onReady, onSeen };
  });

  // Before anything is painted: no frame shows one patient's images under another's name, and none is lost to waiting.
  useLayoutEffect(() => {
    if (contextKey === undefined) return undefined;
    resetViewer(undefined);
    const session = createViewerSession({
      contextKey,
      studies: latest.current.studies,
      windowNumber,
      drawings: latest.current.drawings?.() ?? [],
      onProblem: (message) => latest.current.onProblem(message),
      onSaid: (message) => latest.current.onSaid(message),
      onReady: () => latest.current.onReady?.(),
      onSeen: (...seen) => latest.current.onSeen?.(...seen),
    });
    bindCommands(session);
    shown.current = { contextKey, studies: latest.current.studies };
    useViewer.setState({ contextKey });
    return () => {
      bindCommands(undefined);
      session.close();
      resetViewer(undefined);
    };
  }, [contextKey, windowNumber, withdrawn]);

  // Another site's prior may be found, or taken back, while the case is open: one joins what is there, the other takes all off the screen first.
  useEffect(() => {
    const { contextKey: key, studies: known } = shown.current;
    if (contextKey === undefined || key !== contextKey) return;
    const uids = (of: readonly StudyToShow[]) => new Set(of.map(({ studyInstanceUid }) => studyInstanceUid));
    const [before, now] = [uids(known), uids(studies)];
    shown.current = { contextKey, studies };
    if (known.some(({ studyInstanceUid }) => !now.has(studyInstanceUid))) return setWithdrawn((count) => count + 1);
    for (const study of studies) if (!before.has(study.studyInstanceUid)) void openSession()?.joinPrior(study);
  }, [contextKey, studies]);

  useEffect(() => {
    const idle = requestIdleCallback(() => {
      theStage().rehearse();
      rehearseHangings();
    });
    return () => cancelIdleCallback(idle);
  }, []);

  useEffect(() => {
    const host = region.current;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isForList(event) || isInDialog(event)) return;
      if (event.key === 'Escape' && (leaveList(event, host) || openSession()?.stepBack() === true)) {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      const command = commandForKey(event);
      if (!command) return;
      // What a control makes of the key itself comes first; the key is the viewer's either way.
      event.stopPropagation();
      const isOnButton = event.target instanceof HTMLButtonElement && (event.key === ' ' || event.key === 'Enter');
      if (isOnButton || isEditing(event.target)) return;
      event.preventDefault();
      command.run();
    };
    host?.addEventListener('keydown', onKey);
    return () => host?.removeEventListener('keydown', onKey);
  }, []);

  return (
    <section
      ref={region}
      role="region"
      aria-label="Viewer"
      className={styles.viewer}
      data-context-key={contextKey}
      tabIndex={-1}
    >
      <Toolbar />
      <div className={styles.body}>
        <div className={styles.side}>
          <HangingBlock />
          <SeriesList />
          <MeasurementList />
          <OthersList />
        </div>
        <div className={styles.stage}>
          <Panes isBlank={!isOpen} />
          {isOpen && <PlanesView />}
          {contextKey !== undefined && <Message />}
          <Question />
          <HangingPanel />
          <RecordingPanel />
        </div>
      </div>
    </section>
  );
}

/** A panel over the images has keys of its own: Escape closes it, numbers choose from it. */
const isInDialog = ({ target }: Event): boolean =>
  target instanceof Element && target.closest('[role=dialog]') !== null;

/** The key of the case whose images are on screen; undefined while none are. */
export const viewerContextKey = (): string | undefined => useViewer.getState().contextKey;

/** Called whenever that key changes; returns how to stop. */
export const followViewerContextKey = (listener: () => void): (() => void) =>
  useViewer.subscribe((state, before) => {
    if (state.contextKey !== before.contextKey) listener();
  });

/** Drawn, changed or deleted on a case in another window; it stands here too while that case is on screen. */
export function takeDrawings(contextKey: string, change: DrawingsChange): void {
  if (viewerContextKey() === contextKey) openSession()?.takeDrawings(change);
}

/** The workstation has more of a study that may stand on screen. */
export const takeLateImages = async (studyInstanceUid: string): Promise<void> =>
  openSession()?.takeLate(studyInstanceUid);
