import type { StackView } from './engine/view.ts';
import { mayBeCalibrated } from './model/calibration.ts';
import { scaleOver, type GreyScale } from './model/display.ts';
import { dragged, isComplete, isOutline, move, press, release, type Drawing, type Grip } from './model/drawing.ts';
import { gripAt } from './model/grip.ts';
import { advance, goBack, goForward, type History } from './model/history.ts';
import type { ImageFacts } from './model/image-facts.ts';
import { drawnWith, isRegion, ROI_WINDOW, type ImagePoint, type Measurement } from './model/measurement.ts';
import { nextVertebra } from './model/spine-label.ts';
import { valueAt, valuesInside, type PixelBlock } from './model/pixel-values.ts';
import { toImage, type Place } from './model/place.ts';
import { measurementsOn, paneById, useViewer } from './viewer-store.ts';

/** Less than this, in CSS pixels, is a click. */
const DRAG_PX = 3;

export interface MeasuringPorts {
  readonly view: (paneId: string) => StackView | undefined;
  readonly say: (message: string) => void;
  readonly onScale: (paneId: string, scale: GreyScale) => void;
}

function paintedPane(paneId: string): { readonly facts: ImageFacts; readonly place: Place } | undefined {
  const pane = paneById(paneId)(useViewer.getState());
  return pane?.painted && pane.place ? { facts: pane.painted.facts, place: pane.place } : undefined;
}

/** The left button on an image: draws, takes hold of what was drawn, magnifies. All it makes is data of the open case. */
export function createMeasuring({ view, say, onScale }: MeasuringPorts) {
  let pressedAt: ImagePoint | undefined;
  let wasDragged = false;
  let grip: Grip | undefined;

  const stand = (next: (measurements: readonly Measurement[]) => readonly Measurement[]) =>
    useViewer.setState(({ measurements }) => ({ measurements: advance(measurements, next(measurements.present)) }));
  const follow = (change: (history: History<readonly Measurement[]>) => History<readonly Measurement[]>) =>
    useViewer.setState(({ measurements }) => ({
      measurements: change(measurements),
      drawing: undefined,
      held: undefined,
    }));

  /** New, or in place of the one with its id. */
  function put(measurement: Measurement): void {
    stand((all) =>
      all.some(({ id }) => id === measurement.id)
        ? all.map((one) => (one.id === measurement.id ? measurement : one))
        : [...all, measurement],
    );
    useViewer.setState({ selectedMeasurementId: measurement.id, held: undefined });
  }

  function withPixels(measurement: Measurement, paneId: string): Measurement {
    const { kind, facts, points } = measurement;
    if (kind !== 'probe' && !isRegion(kind)) return measurement;
    const image = view(paneId)?.getCornerstoneImage();
    if (image?.imageId !== facts.imageId) return measurement;
    const block: PixelBlock = { samples: image.getPixelData(), components: image.numberOfComponents };
    const pixels = kind === 'probe' ? valueAt(points[0]!, block, facts) : valuesInside(kind, points, block, facts);
    return { ...measurement, pixels };
  }

  /** From the lowest to the highest value inside. */
  function windowOver(facts: ImageFacts, points: readonly ImagePoint[], paneId: string): void {
    const image = view(paneId)?.getCornerstoneImage();
    if (image?.imageId !== facts.imageId) return;
    const block: PixelBlock = { samples: image.getPixelData(), components: image.numberOfComponents };
    // Windows count the values after the modality LUT, also where the file does not name their unit.
    const values = valuesInside('rectangle', points, block, { ...facts, unit: facts.unit ?? '' });
    if (values === undefined) say('No window from here: there are no grey values inside.');
    else onScale(paneId, scaleOver(values.min, values.max, facts.unit));
  }

  function finish({ kind, facts, fixed }: Drawing, paneId: string): void {
    useViewer.setState({ drawing: undefined });
    if (useViewer.getState().tool === ROI_WINDOW) return windowOver(facts, fixed, paneId);
    const drawn: Measurement = { id: crypto.randomUUID(), kind, facts, points: fixed, text: '', pixels: undefined };
    const vertebra = kind === 'vertebra' ? nextVertebra(drawn, useViewer.getState().measurements.present) : undefined;
    if (vertebra !== undefined) put({ ...drawn, text: vertebra });
    else if (kind === 'arrow' || kind === 'vertebra')
      useViewer.setState({ question: { about: 'text', measurement: drawn } });
    else if (kind === 'calibration') useViewer.setState({ question: { about: 'calibration', measurement: drawn } });
    else put(withPixels(drawn, paneId));
  }

  /** True when the press is ours, and nobody else's. */
  function pressOn(paneId: string, at: ImagePoint): boolean {
    const { tool, drawing } = useViewer.getState();
    const here = paintedPane(paneId);
    if (!here) return drawnWith(tool) !== undefined;
    const { facts, place } = here;
    const ongoing = drawing?.facts.imageId === facts.imageId ? drawing : undefined;
    [pressedAt, wasDragged] = [at, false];
    grip = ongoing ? undefined : gripAt(measurementsOn(facts.imageId)(useViewer.getState()), place, at);
    if (grip) {
      useViewer.setState({ selectedMeasurementId: grip.measurement.id, drawing: undefined });
      return true;
    }
    if (tool === 'magnifier') {
      useViewer.setState({ lens: { paneId, at } });
      return true;
    }
    const kind = drawnWith(tool);
    if (kind === undefined) {
      useViewer.setState({ selectedMeasurementId: undefined });
      return false;
    }
    if (tool === 'calibration' && !mayBeCalibrated(facts)) {
      say('Nothing was calibrated: the file of this image states its distances.');
      return true;
    }
    const next = press(ongoing, kind, facts, toImage(place, at));
    if (isComplete(next)) finish(next, paneId);
    else useViewer.setState({ drawing: next });
    return true;
  }

  function moveOver(paneId: string, at: ImagePoint, isHeld: boolean): void {
    const here = paintedPane(paneId);
    const { drawing, lens } = useViewer.getState();
    if (pressedAt && Math.hypot(at[0] - pressedAt[0], at[1] - pressedAt[1]) > DRAG_PX) wasDragged = true;
    if (lens && isHeld) useViewer.setState({ lens: { paneId, at } });
    if (!here) return;
    if (grip && pressedAt && isHeld && wasDragged) {
      const moved = dragged(grip, toImage(here.place, pressedAt), toImage(here.place, at));
      // Pixels are counted when it stands: a large region would hold up the pointer.
      if (moved.facts.imageId === here.facts.imageId)
        useViewer.setState({
          held: moved.kind === 'probe' ? withPixels(moved, paneId) : { ...moved, pixels: undefined },
        });
    } else if (drawing?.facts.imageId === here.facts.imageId) {
      useViewer.setState({ drawing: move(drawing, toImage(here.place, at), isHeld) });
    }
  }

  function releaseOn(paneId: string): void {
    const { drawing, held } = useViewer.getState();
    useViewer.setState({ lens: undefined });
    const dragEnded = wasDragged;
    [pressedAt, wasDragged, grip] = [undefined, false, undefined];
    if (held) return put(withPixels(held, paneId));
    if (!drawing || drawing.facts.imageId !== paintedPane(paneId)?.facts.imageId) return;
    const next = release(drawing, dragEnded);
    if (isOutline(next) || isComplete(next)) finish(next, paneId);
    else useViewer.setState({ drawing: next.kind === 'freehand' ? undefined : next });
  }

  const remove = (gone: string | undefined): void => {
    if (!useViewer.getState().measurements.present.some(({ id }) => id === gone)) return;
    stand((all) => all.filter(({ id }) => id !== gone));
    useViewer.setState({ selectedMeasurementId: undefined });
  };

  return {
    press: pressOn,
    move: moveOver,
    release: releaseOn,
    put,
    remove,
    removeAll(): void {
      useViewer.setState({ drawing: undefined });
      if (useViewer.getState().measurements.present.length > 0) stand(() => []);
    },
    undo: () => follow(goBack),
    redo: () => follow(goForward),
    /** Lets go of what is being drawn or dragged; false when there was nothing. */
    cancel(): boolean {
      const { drawing, held } = useViewer.getState();
      [pressedAt, grip] = [undefined, undefined];
      useViewer.setState({ drawing: undefined, held: undefined, lens: undefined });
      return drawing !== undefined || held !== undefined;
    },
  };
}
