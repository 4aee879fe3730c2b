import { useEffect } from 'react';
import { openSession } from '../commands.ts';
import { PLANES } from '../model/plane.ts';
import { useViewer } from '../viewer-store.ts';
import { PlanePane } from './PlanePane.tsx';
import { RenderingPane } from './RenderingPane.tsx';
import styles from './planes.module.css';

/** Axial, sagittal and coronal through the series of the active pane; its stack waits behind. */
export function PlanesView() {
  const planes = useViewer((state) => state.planes);
  const seriesKey = planes?.seriesKey;
  useEffect(() => {
    // The focus must not stay in a pane that is out of sight.
    if (seriesKey !== undefined) document.querySelector<HTMLElement>('[aria-label=Viewer]')?.focus();
  }, [seriesKey]);
  const session = openSession();
  const volume = session?.planes.volume();
  if (!planes || !volume) return null;
  const { enlarged, rendering } = planes;
  return (
    <div
      className={styles.planes}
      role="group"
      aria-label="Planes"
      data-enlarged={enlarged !== undefined}
      data-has-rendering={rendering !== undefined}
    >
      {PLANES.filter((name) => enlarged === undefined || enlarged === name).map((name) => (
        <PlanePane key={name} name={name} state={planes} volume={volume} fused={session?.planes.fused()} />
      ))}
      {rendering && enlarged === undefined && <RenderingPane state={planes} rendering={rendering} volume={volume} />}
    </div>
  );
}
