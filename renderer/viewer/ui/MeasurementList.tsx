import { IconX } from '@tabler/icons-react';
import { openSession } from '../commands.ts';
import { imagePlaceWords } from '../image-words.ts';
import type { Measurement } from '../model/measurement.ts';
import { lengthWords, measurementLines, measurementName } from '../model/measurement-words.ts';
import { lengthMm, type PlaneLength } from '../model/planes-state.ts';
import { planeLengthPlace, removePlaneLength } from '../plane-lengths.ts';
import { useViewer } from '../viewer-store.ts';
import styles from './measurement-list.module.css';
import { moveFocus, MOVES_FOCUS } from './move-focus.ts';

function Row({ measurement, all }: { readonly measurement: Measurement; readonly all: readonly Measurement[] }) {
  const isSelected = useViewer((state) => state.selectedMeasurementId === measurement.id);
  const series = useViewer((state) => state.series);
  const name = measurementName(measurement);
  const said = measurementLines(measurement, all);
  const place = imagePlaceWords(measurement.facts, series);
  return (
    <li className={styles.row} aria-current={isSelected}>
      <button
        type="button"
        className={styles.show}
        aria-label={`${name} ${said.join(', ')}, ${place}`}
        onFocus={() => useViewer.setState({ selectedMeasurementId: measurement.id })}
        onClick={() => openSession()?.showMeasurement(measurement.id)}
      >
        <span className={styles.values}>{[name, ...said].join('\n')}</span>
        <span className={styles.place}>{place}</span>
      </button>
      <button
        type="button"
        tabIndex={-1}
        className={styles.remove}
        aria-label={`Delete ${name}, ${place}`}
        title="Delete (Del)"
        onClick={() => openSession()?.measuring.remove(measurement.id)}
      >
        <IconX size={14} aria-hidden="true" />
      </button>
    </li>
  );
}

function PlaneRow({ length }: { readonly length: PlaneLength }) {
  const isSelected = useViewer((state) => state.selectedMeasurementId === length.id);
  const said = lengthWords(lengthMm(length), { kind: 'patient', rowMm: 1, columnMm: 1 });
  const place = planeLengthPlace(length);
  return (
    <li className={styles.row} aria-current={isSelected}>
      <button
        type="button"
        className={styles.show}
        aria-label={`Length ${said}, ${place}`}
        onFocus={() => useViewer.setState({ selectedMeasurementId: length.id })}
        onClick={() => openSession()?.planes.show(length)}
      >
        <span className={styles.values}>{`Length\n${said}`}</span>
        <span className={styles.place}>{place}</span>
      </button>
      <button
        type="button"
        tabIndex={-1}
        className={styles.remove}
        aria-label={`Delete length, ${place}`}
        title="Delete (Del)"
        onClick={() => removePlaneLength(length.id)}
      >
        <IconX size={14} aria-hidden="true" />
      </button>
    </li>
  );
}

/** What was measured in this case; choosing one brings its image on screen. */
export function MeasurementList() {
  const all = useViewer((state) => state.measurements.present);
  const onPlanes = useViewer((state) => state.planeLengths);
  if (all.length + onPlanes.length === 0) return null;
  return (
    <section className={styles.list} aria-label="Measurements" {...MOVES_FOCUS} onKeyDown={moveFocus}>
      <h2 className={styles.title}>Measurements</h2>
      <ul>
        {all.map((one) => (
          <Row key={one.id} measurement={one} all={all} />
        ))}
        {onPlanes.map((one) => (
          <PlaneRow key={one.id} length={one} />
        ))}
      </ul>
    </section>
  );
}
