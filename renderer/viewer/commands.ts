import { mmPerCssPixelOfDisplay } from './display-scale.ts';
import { fitToPane, showOneToOne, showTrueSize, turnView } from './engine/view.ts';
import { gridPage } from './grid-page.ts';
import { pairLesion } from './lesions.ts';
import { readerSpacing } from './model/calibration.ts';
import { nextPhase, phasesOf } from './model/phases.ts';
import { CT_WINDOWS, presetsFor, type WindowPreset } from './model/presets.ts';
import { defaultScale, windowFunctionFor } from './model/display.ts';
import { LAYOUTS } from './model/hanging.ts';
import { runInPlanes } from './planes-commands.ts';
import { shippedHangings } from './shipped-hangings.ts';
import type { ViewerSession } from './session.ts';
import { activePane, seriesByKey, updatePane, useViewer, type Pane, type Tool } from './viewer-store.ts';

/** A thing the reader can do in the viewer; `keys` as in `KeyboardEvent.key`, with `Shift+` or `Mod+` before it where needed. */
export interface ViewerCommand {
  readonly id: string;
  readonly title: string;
  readonly keys: string;
  run(): void;
}

let session: ViewerSession | undefined;
/** The one open session the commands act on; undefined between cases. */
export const bindCommands = (open: ViewerSession | undefined): void => {
  session = open;
};
export const openSession = (): ViewerSession | undefined => session;

function onActive(act: (open: ViewerSession, pane: Pane) => void): void {
  const pane = activePane(useViewer.getState());
  if (session && pane?.painted) act(session, pane);
}

const lastIndex = (pane: Pane): number => {
  const series = seriesByKey(pane.seriesKey)(useViewer.getState());
  return series?.kind === 'images' ? series.images.length - 1 : 0;
};

const scroll = (steps: number) => () => onActive((open, pane) => open.scrollBy(pane.id, steps));
/** Of a grid of pictures the next ones; of a stack ten images. */
const page = (by: 1 | -1) => () => {
  const turned = gridPage(by);
  if (turned) for (const { paneId, index } of turned) session?.scrollTo(paneId, index);
  else scroll(10 * by)();
};
const stepPhase = (by: 1 | -1) => () =>
  onActive((open, pane) => {
    const series = seriesByKey(pane.seriesKey)(useViewer.getState());
    const phases = series?.kind === 'images' ? phasesOf(series) : undefined;
    if (phases) open.scrollTo(pane.id, nextPhase(phases, pane.index, by));
    else open.say('This series has one phase only.');
  });
const choose = (tool: Tool) => () => session?.chooseTool(tool);

function resetPane(): void {
  onActive((open, pane) => {
    updatePane(pane.id, {
      isScaleChosen: false,
      isInverted: false,
      quarterTurns: 0,
      isFlippedHorizontally: false,
      isFlippedVertically: false,
    });
    const view = open.view(pane.id);
    if (view) {
      turnView(view, { quarterTurns: 0, isFlippedHorizontally: false, isFlippedVertically: false });
      fitToPane(view);
    }
    applyFileWindow();
  });
}

function applyFileWindow(): void {
  onActive((open, pane) => {
    const image = open.view(pane.id)?.getCornerstoneImage();
    if (image && pane.painted)
      open.setScale(pane.id, defaultScale(pane.painted.facts, image.minPixelValue, image.maxPixelValue), false);
  });
}

function applyPresetThat(isMeant: (preset: WindowPreset) => boolean, absence?: string): void {
  if (session?.planes.state()) {
    if (!session.planes.applyPreset(isMeant) && absence !== undefined) session.say(absence);
    return;
  }
  onActive((open, pane) => {
    const facts = pane.painted?.facts;
    const preset = facts && presetsFor(facts).find(isMeant);
    if (preset) {
      const { center, width } = preset;
      open.setScale(pane.id, { kind: 'window', center, width, function: windowFunctionFor(facts.unit) });
    } else if (absence !== undefined) open.say(absence);
  });
}

/** Key 1: the file's window; 2 to 9: the presets of the modality. */
export function applyPreset(key: string): void {
  if (session?.planes.state()) {
    if (key === '1') session.planes.applyFileWindow();
    else session.planes.applyPreset((preset) => preset.key === key);
  } else if (key === '1') applyFileWindow();
  else applyPresetThat((preset) => preset.key === key);
}

const series = (step: 1 | -1) => () =>
  onActive((open, pane) => {
    const shown = useViewer.getState().series.filter(({ kind }) => kind === 'images');
    const at = shown.findIndex(({ key }) => key === pane.seriesKey);
    const next = shown[at + step];
    if (next === undefined) open.say(step === 1 ? 'This is the last series.' : 'This is the first series.');
    else open.showSeries(pane.id, next.key);
  });

/** To the usual layout of next more, or fewer, panes. */
const stepLayout = (step: 1 | -1) => () => {
  const { layout } = useViewer.getState();
  const panesOf = ({ rows, columns }: typeof layout) => rows * columns;
  const at = LAYOUTS.findIndex(({ rows, columns }) => rows === layout.rows && columns === layout.columns);
  const beside = LAYOUTS.filter((one) => Math.sign(panesOf(one) - panesOf(layout)) === step);
  const next = at >= 0 ? LAYOUTS[at + step] : step === 1 ? beside[0] : beside.at(-1);
  if (next) session?.setLayout(next);
  else session?.say(`There is no layout of ${step === 1 ? 'more' : 'fewer'} panes.`);
};

/** The first comparable series of the newest prior beside what the active pane shows. */
function compareWithPrior(): void {
  session?.planes.leave();
  onActive((open, pane) => {
    const shown = useViewer.getState().series.filter((one) => one.kind === 'images');
    const here = shown.find(({ key }) => key === pane.seriesKey);
    const priors = shown.filter(({ role }) => role === 'prior');
    const prior = priors.find(({ description }) => description === here?.description) ?? priors[0];
    if (here === undefined || prior === undefined) return open.say('There is no prior to compare with.');
    open.setLayout({ rows: 1, columns: 2 });
    const [left, right] = useViewer.getState().panes;
    if (left === undefined || right === undefined) return;
    if (left.seriesKey !== here.key) open.showSeries(left.id, here.key);
    open.showSeries(right.id, prior.key);
    useViewer.setState({ isLinked: true, activePaneId: left.id });
  });
}

function turn(change: (pane: Pane) => Partial<Pane>): void {
  onActive((open, pane) => {
    updatePane(pane.id, change(pane));
    const now = activePane(useViewer.getState());
    const view = open.view(pane.id);
    if (!now || !view) return;
    turnView(view, now);
    view.render();
  });
}

export function toggleMaximised(paneId: string): void {
  useViewer.setState(({ maximisedPaneId }) => ({
    maximisedPaneId: maximisedPaneId === paneId ? undefined : paneId,
    activePaneId: paneId,
  }));
}

function nextPane(): void {
  useViewer.setState(({ panes, activePaneId }) => {
    const at = panes.findIndex((pane) => pane.id === activePaneId);
    return { activePaneId: panes[(at + 1) % panes.length]?.id ?? activePaneId };
  });
}

/** As large as the object, once the reader has told how large this display is. */
export function showTrueSizeNow(): void {
  onActive((open, pane) => {
    const facts = pane.painted?.facts;
    const view = open.view(pane.id);
    if (!facts || !view) return;
    const spacing = readerSpacing(facts, useViewer.getState().measurements.present) ?? facts.spacing;
    if (spacing.kind === 'unknown') return open.say('True size is not known: this image is not calibrated.');
    const mmPerCss = mmPerCssPixelOfDisplay();
    if (mmPerCss === undefined) return useViewer.setState({ question: { about: 'true-size' } });
    showTrueSize(view, (mmPerCss * facts.spacing.rowMm) / spacing.rowMm);
    view.render();
  });
}

function toggleLink(): void {
  useViewer.setState(({ isLinked }) => ({ isLinked: !isLinked }));
  session?.relink();
}

const openHangings = (hangingPanel: 'choose' | 'save') => () => {
  if (session && useViewer.getState().hanging) useViewer.setState({ hangingPanel });
};

function hangAs(id: string, name: string): void {
  if (session?.hanger.choose(id) === false) session.say(`${name} does not fit this case.`);
}

function togglePlanes(): void {
  const pane = activePane(useViewer.getState());
  if (pane) session?.planes.toggle(pane);
}

function labelSelected(): void {
  const { measurements, selectedMeasurementId } = useViewer.getState();
  const measurement = measurements.present.find(({ id }) => id === selectedMeasurementId);
  if (measurement && measurement.kind !== 'calibration')
    useViewer.setState({ question: { about: 'text', measurement } });
}

function goToMeasurements(): void {
  document.querySelector<HTMLElement>('[aria-label=Measurements] button')?.focus();
}

function goToOthers(): void {
  document.querySelector<HTMLElement>('[aria-label="Made by others"] button')?.focus();
}

function openRecording(): void {
  const { series: all } = useViewer.getState();
  const recording = all.find((one) => one.kind === 'other' && one.what.startsWith('Waveform'));
  if (recording?.kind === 'other') useViewer.setState({ recording: recording.objects[0] });
  else session?.say('This case has no recording.');
}

/** By the first presentation state that speaks of the image on screen. */
function showAsSeen(): void {
  onActive((open, pane) => {
    const imageId = pane.painted?.facts.imageId ?? '';
    const state = useViewer.getState().others.find((work) => work.viewOf?.(imageId) !== undefined);
    if (state) open.others.showAsSeen(state);
    else open.say('No presentation state speaks of the image on screen.');
  });
}

const command = (id: string, title: string, keys: string, run: () => void): ViewerCommand => ({
  id: `viewer.${id}`,
  title,
  keys,
  run: () => {
    if (!runInPlanes(session, id)) run();
  },
});

const ofPlanes = (id: string, title: string, keys: string): ViewerCommand =>
  command(id, title, keys, () => session?.say('That needs planes: open them with Y.'));

/** Every command of the viewer, for the application's one table of commands and keys. */
export const viewerCommands: readonly ViewerCommand[] = [
  command('window', 'Window and level', 'w', choose('window')),
  command('roi-window', 'Window over a region', 'x', choose('roi-window')),
  command('scroll', 'Scroll images', 's', choose('scroll')),
  command('pan', 'Pan', 'p', choose('pan')),
  command('zoom', 'Zoom', 'z', choose('zoom')),
  command('magnifier', 'Magnifier', 'g', choose('magnifier')),
  command('probe', 'Probe a pixel', 'q', choose('probe')),
  command('length', 'Measure length', 'm', choose('length')),
  command('bidirectional', 'Measure bidirectionally', 'd', choose('bidirectional')),
  command('angle', 'Measure angle', 'a', choose('angle')),
  command('cobb', 'Measure Cobb angle', 'c', choose('cobb')),
  command('ellipse', 'Ellipse ROI', 'e', choose('ellipse')),
  command('rectangle', 'Rectangle ROI', 'b', choose('rectangle')),
  command('freehand', 'Free-hand ROI', 'l', choose('freehand')),
  command('arrow', 'Arrow with text', 't', choose('arrow')),
  command('vertebra', 'Label vertebrae', 'Shift+V', choose('vertebra')),
  command('calibration', 'Calibrate by a line', 'Shift+C', choose('calibration')),
  command('label', 'Label the measurement', 'Shift+T', labelSelected),
  command('pair', 'Pair the lesion with the prior, or part it', 'Shift+B', () => {
    if (session) pairLesion(session.measuring.put, session.say);
  }),
  command('delete-measurement', 'Delete the measurement', 'Delete', () =>
    session?.measuring.remove(useViewer.getState().selectedMeasurementId),
  ),
  command('remove-measurements', 'Delete all measurements', 'Shift+M', () => session?.measuring.removeAll()),
  command('undo', 'Undo measuring', 'Mod+Z', () => session?.measuring.undo()),
  command('redo', 'Redo measuring', 'Mod+Y', () => session?.measuring.redo()),
  command('measurements', 'Go to measurements', 'Shift+L', goToMeasurements),
  command('others', 'Show or hide what others made', 'j', () => session?.others.toggleAll()),
  command('others-list', 'Go to what others made', 'Shift+J', goToOthers),
  command('recording', 'Open the electrocardiogram', 'Shift+E', openRecording),
  command('as-seen', 'Show the image as others saw it', 'Shift+P', showAsSeen),
  command('planes', 'Planes (MPR), or back to the images', 'y', togglePlanes),
  ofPlanes('crosshairs', 'Crosshairs of the planes', 'Shift+K'),
  ofPlanes('turn-right', 'Turn the crosshair right', 'ArrowRight'),
  ofPlanes('turn-left', 'Turn the crosshair left', 'ArrowLeft'),
  ofPlanes('straighten', 'Straighten the planes', 'Shift+Z'),
  ofPlanes('thicker', 'Thicker slab', 'u'),
  ofPlanes('thinner', 'Thinner slab', 'Shift+U'),
  ofPlanes('slab-kind', 'Slab: MIP, MinIP, average', 'Shift+X'),
  ofPlanes('rendering', 'Volume rendering: bone, soft tissue, vessels', 'Shift+Y'),
  ofPlanes('rendering-turn', 'Turn the rendering', 'Shift+A'),
  ofPlanes('rendering-tilt', 'Tilt the rendering', 'Shift+I'),
  ofPlanes('fuse', 'Fuse with PET or MR', 'Shift+D'),
  ofPlanes('fuse-more', 'More of the PET', 'Shift+W'),
  ofPlanes('fuse-less', 'Less of the PET', 'Shift+Q'),
  command('fit', 'Fit to pane', 'f', () =>
    onActive((open, pane) => {
      const view = open.view(pane.id);
      if (!view) return;
      fitToPane(view);
      view.render();
    }),
  ),
  command('one-to-one', 'One image pixel per display pixel', 'o', () =>
    onActive((open, pane) => {
      const view = open.view(pane.id);
      if (!view || !pane.painted) return;
      showOneToOne(view, pane.painted.facts);
      view.render();
    }),
  ),
  command('true-size', 'True size', 'Shift+O', showTrueSizeNow),
  command('invert', 'Invert greys', 'i', () =>
    onActive((open, pane) => {
      updatePane(pane.id, { isInverted: !pane.isInverted });
      open.redraw(pane.id);
    }),
  ),
  command('next-series', 'Next series', '>', series(1)),
  command('previous-series', 'Previous series', '<', series(-1)),
  command('compare-prior', 'Compare with the prior', '0', compareWithPrior),
  ...CT_WINDOWS.map(({ name }) =>
    command(`window-${name.toLowerCase()}`, `${name} window`, '', () =>
      applyPresetThat((preset) => preset.name === name, `There is no ${name.toLowerCase()} window here.`),
    ),
  ),
  command('rotate', 'Rotate right', 'r', () => turn(({ quarterTurns }) => ({ quarterTurns: (quarterTurns + 1) % 4 }))),
  // As seen: mirroring what was turned is turning the other way what was mirrored.
  command('flip-horizontal', 'Flip left to right', 'h', () =>
    turn(({ isFlippedHorizontally, quarterTurns }) => ({
      isFlippedHorizontally: !isFlippedHorizontally,
      quarterTurns: (4 - quarterTurns) % 4,
    })),
  ),
  command('flip-vertical', 'Flip top to bottom', 'v', () =>
    turn(({ isFlippedVertically, quarterTurns }) => ({
      isFlippedVertically: !isFlippedVertically,
      quarterTurns: (4 - quarterTurns) % 4,
    })),
  ),
  command('reset', 'Reset the pane', 'Shift+R', resetPane),
  command('cine', 'Play or pause', ' ', () =>
    onActive((_, pane) => updatePane(pane.id, { isPlaying: !pane.isPlaying })),
  ),
  command('next-phase', 'Next phase of a volume in time', ']', stepPhase(1)),
  command('previous-phase', 'Previous phase of a volume in time', '[', stepPhase(-1)),
  command('link', 'Link scrolling', 'k', toggleLink),
  command('reference-lines', 'Reference lines', 'Shift+G', () =>
    useViewer.setState(({ hasReferenceLines }) => ({ hasReferenceLines: !hasReferenceLines })),
  ),
  command('maximise', 'Maximise the pane', 'Enter', () => toggleMaximised(useViewer.getState().activePaneId)),
  command('next-pane', 'Next pane', 'n', nextPane),
  command('next-image', 'Next image', 'ArrowDown', scroll(1)),
  command('previous-image', 'Previous image', 'ArrowUp', scroll(-1)),
  command('next-images', 'Ten images on', 'PageDown', page(1)),
  command('previous-images', 'Ten images back', 'PageUp', page(-1)),
  command('first-image', 'First image', 'Home', () => onActive((open, pane) => open.scrollBy(pane.id, -pane.index))),
  command('last-image', 'Last image', 'End', () => onActive((open, pane) => open.scrollBy(pane.id, lastIndex(pane)))),
  command('retry', 'Fetch images again', 'Shift+F', () => session?.retry()),
  command('hangings', 'Choose a hanging', 'Shift+H', openHangings('choose')),
  command('why-hanging', 'Why this hanging?', '', openHangings('choose')),
  command('save-hanging', 'Save what I see as a hanging', 'Shift+S', openHangings('save')),
  command('next-stage', 'Next stage of the hanging', '.', () => session?.hanger.step(1)),
  command('previous-stage', 'Previous stage of the hanging', ',', () => session?.hanger.step(-1)),
  ...shippedHangings.map(({ id, name }) => command(`hang-${id}`, `Hang as ${name}`, '', () => hangAs(id, name))),
  command('more-panes', 'Layout of more panes', '=', stepLayout(1)),
  command('fewer-panes', 'Layout of fewer panes', '-', stepLayout(-1)),
  ...LAYOUTS.map(({ rows, columns }) =>
    command(`layout-${rows}x${columns}`, `Layout ${rows} by ${columns}`, '', () =>
      session?.setLayout({ rows, columns }),
    ),
  ),
  ...Array.from({ length: 9 }, (_, index) => {
    const key = String(index + 1);
    return command(`preset-${key}`, key === '1' ? 'Window of the file' : `Window preset ${key}`, key, () =>
      applyPreset(key),
    );
  }),
];

/** By its id, as another window asks for it. */
export const runViewerCommand = (id: string): void => viewerCommands.find((one) => one.id === id)?.run();

const keysOf = (event: KeyboardEvent): string => {
  const isLetter = event.key.length === 1 && event.key.toUpperCase() !== event.key.toLowerCase();
  const isMod = event.ctrlKey || event.metaKey;
  const parts = [isMod && 'Mod', isLetter && event.shiftKey && 'Shift'].filter((part) => part !== false);
  return [...parts, parts.length > 0 ? event.key.toUpperCase() : event.key].join('+');
};

export function commandForKey(event: KeyboardEvent): ViewerCommand | undefined {
  if (event.altKey) return undefined;
  const keys = keysOf(event);
  return viewerCommands.find((one) => one.keys !== '' && one.keys === keys);
}
