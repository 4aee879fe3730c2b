import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import {
  chooseDrawing,
  limitVolumes,
  measurementForReport,
  offerHangings,
  shownImage,
  takeLateImages,
  Viewer,
  warmCase,
} from '#renderer/viewer/index.ts';
import type { KeptDrawing } from '#shared/reporting/kept-drawing.ts';

/** `?study=UID&prior=UID&by-card&volume-limit=BYTES`: mounts the viewer alone, as the reading screen does. */
const query = new URLSearchParams(location.search);
const studies = [
  ...query.getAll('study').map((studyInstanceUid) => ({ studyInstanceUid, role: 'current' as const, description: '' })),
  ...query.getAll('prior').map((studyInstanceUid) => ({ studyInstanceUid, role: 'prior' as const, description: '' })),
];
if (query.has('by-card')) chooseDrawing('by-card');
const volumeLimit = query.get('volume-limit');
if (volumeLimit !== null) limitVolumes(Number(volumeLimit));
offerHangings([], () => undefined);
/** As a draft would have it. */
let drawings: readonly KeptDrawing[] = [];
const problems: string[] = [];
const seen: string[] = [];
const host = document.getElementById('root');
if (!host) throw new Error('no root');
const root = createRoot(host);

const noteSaid = (message: string): void => {
  problems.push(message);
  document.documentElement.dataset['problems'] = problems.join('\n');
};

/** The case of these studies on screen, or none; the viewer itself stays, as in the reading screen. */
function show(shown: typeof studies | undefined): void {
  if (shown) performance.mark('overread:open');
  root.render(
    <StrictMode>
      <Viewer
        contextKey={shown && keyOf(shown)}
        studies={shown ?? []}
        drawings={() => drawings}
        onProblem={noteSaid}
        onSaid={noteSaid}
        onSeen={(_study, sops) => seen.push(...sops)}
        onReady={() => {
          document.documentElement.dataset['ready'] = 'true';
        }}
      />
    </StrictMode>,
  );
}

/** The context is the case's own studies; a prior may join it or leave. */
const keyOf = (shown: typeof studies) =>
  shown.flatMap(({ role, studyInstanceUid }) => (role === 'current' ? studyInstanceUid : [])).join('|');

export interface Harness {
  readonly show: typeof show;
  /** What the next case was drawn on before. */
  readonly drawBefore: (drawn: readonly KeptDrawing[]) => void;
  readonly makeReady: (next: typeof studies) => void;
  readonly takeLate: typeof takeLateImages;
  /** What goes into a report from here. */
  readonly shownImage: typeof shownImage;
  readonly measurementForReport: typeof measurementForReport;
  /** Images that came late and were painted since, as the viewer told. */
  readonly seen: () => readonly string[];
}
const harness: Harness = {
  show,
  drawBefore: (drawn) => {
    drawings = drawn;
  },
  makeReady: (next) => warmCase({ contextKey: keyOf(next), studies: next, hasImages: true }),
  takeLate: takeLateImages,
  shownImage,
  measurementForReport,
  seen: () => seen,
};
Object.assign(window, { harness });
if (studies.length > 0) show(studies);
