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

interface RowProps {
  readonly id: string;
  readonly name: string;
  readonly said: readonly string[];
  readonly place: string;
  readonly onShow: () => void;
  readonly onDelete: () => void;
}

function Row({ id, name, said, place, onShow, onDelete }: RowProps) {
  const isSelected = useViewer((state) => state.selectedMeasurementId === id);
  return (
    <li className={styles.row} aria-current={isSelected}>
      <button
        type="button"
        className={styles.show}
        aria-label={`${name} ${said.join(', ')}, ${place}`}
        onFocus={() => useViewer.setState({ selectedMeasurementId: id })}
        onClick={onShow}
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
        onClick={onDelete}
      >
        <IconX size={14} aria-hidden="true" />
      </button>
    </li>
  );
}

function ImageRow({ measurement, all }: { readonly measurement: Measurement; readonly all: readonly Measurement[] }) {
  const series = useViewer((state) => state.series);
  const { id, facts } = measurement;
  return (
    <Row
      id={id}
      name={measurementName(measurement)}
      said={measurementLines(measurement, all)}
      place={imagePlaceWords(facts, series)}
      onShow={() => openSession()?.showMeasurement(id)}
      onDelete={() => openSession()?.measuring.remove(id)}
    />
  );
}

const PlaneRow = ({ length }: { readonly length: PlaneLength }) => (
  <Row
    id={length.id}
    name="Length"
    said={[lengthWords(lengthMm(length), { kind: 'patient', rowMm: 1, columnMm: 1 })]}
    place={planeLengthPlace(length)}
    onShow={() => openSession()?.planes.show(length)}
    onDelete={() => removePlaneLength(length.id)}
  />
);

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
          <ImageRow key={one.id} measurement={one} all={all} />
        ))}
        {onPlanes.map((one) => (
          <PlaneRow key={one.id} length={one} />
        ))}
      </ul>
    </section>
  );
}
