import { IconX } from '@tabler/icons-react';
import { openSession } from '../commands.ts';
import { imagePlaceWords } from '../image-words.ts';
import type { Measurement } from '../model/measurement.ts';
import { measurementLines, measurementName } from '../model/measurement-words.ts';
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

/** What was measured in this case; choosing one brings its image on screen. */
export function MeasurementList() {
  const all = useViewer((state) => state.measurements.present);
  if (all.length === 0) return null;
  return (
    <section className={styles.list} aria-label="Measurements" {...MOVES_FOCUS} onKeyDown={moveFocus}>
      <h2 className={styles.title}>Measurements</h2>
      <ul>
        {all.map((one) => (
          <Row key={one.id} measurement={one} all={all} />
        ))}
      </ul>
    </section>
  );
}
