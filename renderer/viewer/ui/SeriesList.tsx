import { useEffect, useRef } from 'react';

import { countOf } from '#shared/kernel/count-of.ts';
import { openSession } from '../commands.ts';
import { seriesName, type Series } from '../model/series.ts';
import { isGap, stackFault } from '../model/volume-refusal.ts';
import { THUMBNAIL_PX } from '../thumbnail.ts';
import { activePane, useViewer } from '../viewer-store.ts';
import { moveFocus, MOVES_FOCUS } from './move-focus.ts';
import styles from './series-list.module.css';

export const SERIES_DRAG_TYPE = 'application/x-overread-series';

function Thumbnail({ picture }: { readonly picture: ImageData | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (picture) canvas.current?.getContext('2d')?.putImageData(picture, 0, 0);
  }, [picture]);
  return (
    <canvas ref={canvas} className={styles.thumbnail} width={THUMBNAIL_PX} height={THUMBNAIL_PX} aria-hidden="true" />
  );
}

/** Letters are read among the documents of the case, not as an image. */
const otherWords = (what: string): string =>
  /^(?:PDF|CDA) /.test(what) ? `${what}: among the documents (Alt P)` : `${what}, not shown as an image`;

function SeriesButton({ series }: { readonly series: Series }) {
  const picture = useViewer((state) => state.thumbnails[series.key]);
  const progress = useViewer((state) => state.progress[series.key]);
  const late = useViewer((state) => state.late[series.key]?.size ?? 0);
  const notice = useViewer((state) => state.notices[series.key]);
  const isOnScreen = useViewer((state) => state.panes.some((pane) => pane.seriesKey === series.key));
  const isActive = useViewer((state) => activePane(state)?.seriesKey === series.key);
  if (series.kind === 'other') {
    return (
      <li className={styles.other}>
        <span>{series.description === '' ? 'No description' : series.description}</span>
        {series.what.startsWith('Waveform') ? (
          <button
            type="button"
            className={styles.open}
            onClick={() => useViewer.setState({ recording: series.objects[0] })}
          >
            {series.what}: open the recording
          </button>
        ) : (
          <span>{otherWords(series.what)}</span>
        )}
      </li>
    );
  }
  const fault = stackFault(series);
  const show = () => openSession()?.showSeries(useViewer.getState().activePaneId, series.key);
  const total = series.images.length;
  const isPartial = progress !== undefined && progress.decoded < total;
  return (
    <li>
      <button
        type="button"
        className={styles.series}
        aria-label={late === 0 ? seriesName(series) : `${seriesName(series)}, ${late} new`}
        title={fault === undefined ? undefined : `No volume: ${fault}.`}
        data-late={late}
        aria-pressed={isOnScreen}
        data-active={isActive}
        data-loaded={progress?.decoded ?? 0}
        data-total={total}
        draggable
        onDragStart={(event) => event.dataTransfer.setData(SERIES_DRAG_TYPE, series.key)}
        onClick={show}
      >
        <Thumbnail picture={picture} />
        <span className={styles.words}>
          <span className={styles.name}>{series.description === '' ? series.modality : series.description}</span>
          <span className={styles.count}>
            {series.seriesNumber === undefined ? '' : `${series.seriesNumber} · `}
            {countOf(total, 'image')}
          </span>
          {late > 0 && (
            <span className={styles.late}>{late === total ? 'New series' : `${late} new`}, not looked at</span>
          )}
          {fault !== undefined && isGap(fault) && (
            <span className={styles.notice}>{fault.charAt(0).toUpperCase() + fault.slice(1)}</span>
          )}
          {notice !== undefined && <span className={styles.notice}>{notice}</span>}
          {isPartial && (
            <progress
              className={styles.progress}
              value={progress.decoded}
              max={total}
              aria-label={`Loaded ${progress.decoded} of ${total}`}
            />
          )}
        </span>
      </button>
    </li>
  );
}

export function SeriesList() {
  const all = useViewer((state) => state.series);
  const current = all.filter((series) => series.role === 'current');
  const priorStudies = [...new Set(all.filter((one) => one.role === 'prior').map((one) => one.studyInstanceUid))];
  const priorTitle = (uid: string) => {
    const first = all.find((one) => one.studyInstanceUid === uid && one.kind === 'images');
    return `Prior ${first?.kind === 'images' ? first.patient.studyDate : ''}`.trim();
  };
  return (
    <nav className={styles.list} aria-label="Series" {...MOVES_FOCUS} onKeyDown={moveFocus}>
      <ul aria-label="Current study">
        {current.map((series) => (
          <SeriesButton key={series.key} series={series} />
        ))}
      </ul>
      {priorStudies.map((uid) => (
        <section key={uid} aria-label={priorTitle(uid)}>
          <h3 className={styles.prior}>{priorTitle(uid)}</h3>
          <ul>
            {all
              .filter((one) => one.studyInstanceUid === uid)
              .map((series) => (
                <SeriesButton key={series.key} series={series} />
              ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
