import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { chooseDrawing, Viewer } from '#renderer/viewer/index.ts';

/** `?study=UID&prior=UID&by-card`: mounts the viewer alone, as the reading screen does. */
const query = new URLSearchParams(location.search);
const studies = [
  ...query.getAll('study').map((studyInstanceUid) => ({ studyInstanceUid, role: 'current' as const, description: '' })),
  ...query.getAll('prior').map((studyInstanceUid) => ({ studyInstanceUid, role: 'prior' as const, description: '' })),
];
if (query.has('by-card')) chooseDrawing('by-card');
const problems: string[] = [];
const root = document.getElementById('root');
if (!root) throw new Error('no root');
performance.mark('overread:open');
createRoot(root).render(
  <StrictMode>
    <Viewer
      contextKey={studies.map((study) => study.studyInstanceUid).join('|')}
      studies={studies}
      onProblem={(message) => {
        problems.push(message);
        document.documentElement.dataset['problems'] = problems.join('\n');
      }}
      onReady={() => {
        document.documentElement.dataset['ready'] = 'true';
      }}
    />
  </StrictMode>,
);
