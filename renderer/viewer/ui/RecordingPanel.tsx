import { useEffect, useRef, useState } from 'react';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { mmPerCssPixelOfDisplay } from '../display-scale.ts';
import { readRecordings, type Lead, type Recording } from '../model/waveform.ts';
import { useViewer } from '../viewer-store.ts';
import { fetchWhole } from '../whole-object.ts';
import styles from './recording-panel.module.css';

const MM_PER_SECOND = 25;
const MM_PER_MILLIVOLT = 10;
/** A CSS pixel is meant to be a 96th of an inch; told as such where the reader has not measured this display. */
const NOMINAL_MM = 25.4 / 96;
const LEAD_HEIGHT_MM = 30;

/** One point a half pixel: more cannot be seen. */
function pathOf({ millivolts, samplesPerSecond }: Lead, pxPerMm: number): string {
  const pxPerSample = (MM_PER_SECOND * pxPerMm) / samplesPerSecond;
  const step = Math.max(1, Math.floor(0.5 / pxPerSample));
  const middle = (LEAD_HEIGHT_MM / 2) * pxPerMm;
  const points: string[] = [];
  for (let at = 0; at < millivolts.length; at += step)
    points.push(
      `${(at * pxPerSample).toFixed(1)} ${(middle - millivolts[at]! * MM_PER_MILLIVOLT * pxPerMm).toFixed(1)}`,
    );
  return `M${points.join('L')}`;
}

function LeadRow({ lead, pxPerMm }: { readonly lead: Lead; readonly pxPerMm: number }) {
  const width = (lead.millivolts.length / lead.samplesPerSecond) * MM_PER_SECOND * pxPerMm;
  const seconds = lead.millivolts.length / lead.samplesPerSecond;
  return (
    <li className={styles.lead}>
      <span className={styles.name}>{lead.name}</span>
      <svg
        role="img"
        aria-label={`Lead ${lead.name}, ${Number(seconds.toFixed(1))} seconds`}
        width={width}
        height={LEAD_HEIGHT_MM * pxPerMm}
        style={{
          backgroundSize: `${5 * pxPerMm}px ${5 * pxPerMm}px, ${5 * pxPerMm}px ${5 * pxPerMm}px, ${pxPerMm}px ${pxPerMm}px, ${pxPerMm}px ${pxPerMm}px`,
        }}
      >
        <path d={pathOf(lead, pxPerMm)} />
      </svg>
    </li>
  );
}

/** A recording beside the images: an electrocardiogram, drawn as on paper. */
export function RecordingPanel() {
  const shown = useViewer((state) => state.recording);
  return shown === undefined ? null : <Recordings key={String(shown['00080018']?.Value?.[0])} data={shown} />;
}

function Recordings({ data }: { readonly data: DicomJson }) {
  const [read, setRead] = useState<readonly Recording[] | string>();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const leaving = new AbortController();
    panel.current?.focus();
    void fetchWhole(data, leaving.signal).then((whole) => {
      if (!leaving.signal.aborted) setRead(whole ? readRecordings(whole) : 'the site did not give it');
    });
    return () => leaving.abort();
  }, [data]);
  const mmPerCss = mmPerCssPixelOfDisplay();
  const pxPerMm = 1 / (mmPerCss ?? NOMINAL_MM);
  const close = () => useViewer.setState({ recording: undefined });
  return (
    <div
      ref={panel}
      role="dialog"
      aria-label="Electrocardiogram"
      className={styles.panel}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        event.preventDefault();
        close();
      }}
    >
      <header className={styles.head}>
        <h2>Electrocardiogram</h2>
        <span>
          {MM_PER_SECOND} mm/s, {MM_PER_MILLIVOLT} mm/mV, grid 1 mm and 5 mm
          {mmPerCss === undefined && '; this display is not measured: trust the grid, not a ruler'}
        </span>
        <button type="button" onClick={close}>
          Close <kbd>Esc</kbd>
        </button>
      </header>
      {read === undefined && <p role="status">The recording is on its way</p>}
      {typeof read === 'string' && <p role="alert">Not drawn: {read}.</p>}
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Leads">
        {typeof read === 'object' &&
          read.map((recording) => (
            <section key={recording.name} aria-label={recording.name}>
              <h3>{recording.name}</h3>
              <ul>
                {recording.leads.map((lead) => (
                  <LeadRow key={lead.name} lead={lead} pxPerMm={pxPerMm} />
                ))}
              </ul>
            </section>
          ))}
      </div>
    </div>
  );
}
