import type { PlanesLook } from '#shared/domain/hanging-protocol.ts';
import { mmPerCssPixel, pushToEdge, type StackView } from './engine/view.ts';
import { allHangings } from './hangings.ts';
import type { ImageFacts } from './model/image-facts.ts';
import { windowFunctionFor } from './model/display.ts';
import { fittingHangings, hangStage, isHung, type Hanging, type Hung, type Layout } from './model/hanging.ts';
import { seriesByKey, updatePane, useViewer } from './viewer-store.ts';

export interface HangerPorts {
  readonly view: (paneId: string) => StackView | undefined;
  readonly factsOf: (imageId: string) => ImageFacts | undefined;
  /** Which stage a case is first shown with, where the hanging has so many. */
  readonly firstStage: number;
  readonly setLayout: (layout: Layout) => void;
  readonly showSeries: (paneId: string, seriesKey: string, index: number) => void;
  readonly clearPane: (paneId: string) => void;
  readonly onLinked: () => void;
  /** A stage of planes through what the first pane holds. */
  readonly onPlanes: (look: PlanesLook | undefined) => void;
}

/** Puts up what a hanging says, keeps to it while more of the case comes, and goes from stage to stage. */
export function createHanger(ports: HangerPorts) {
  const { view, factsOf, setLayout, showSeries, clearPane, onLinked, onPlanes } = ports;
  const pushes = new Map<string, Hung['push']>();
  let sameScale: ReadonlySet<string> = new Set();
  /** A prior was on its way when the case was hung: its pane stays. */
  let keepsShape = false;

  function show(paneId: string, { seriesKey, index, window, isInverted, push }: Hung): void {
    pushes.set(paneId, push);
    showSeries(paneId, seriesKey, index);
    const series = seriesByKey(seriesKey)(useViewer.getState());
    const unit = series?.kind === 'images' ? series.images[index]?.unit : undefined;
    if (isInverted === true) updatePane(paneId, { isInverted });
    // A window in Hounsfield units says nothing of other values.
    if (window && window.unit === (unit ?? ''))
      updatePane(paneId, {
        scale: { kind: 'window', center: window.center, width: window.width, function: windowFunctionFor(unit) },
        isScaleChosen: true,
      });
  }

  function put(hanging: Hanging): void {
    const { panes } = useViewer.getState();
    hanging.panes.forEach((hung, at) => {
      const pane = panes[at];
      // What the reader has put up meanwhile stays.
      if (!pane || pane.seriesKey !== undefined) return;
      if (!isHung(hung)) return updatePane(pane.id, { emptyWords: hung.emptyWords });
      show(pane.id, hung);
    });
    sameScale = hanging.isSameScale
      ? new Set(panes.filter((_, at) => isHung(hanging.panes[at])).map(({ id }) => id))
      : new Set();
    if (!hanging.isLinked) return;
    useViewer.setState({ isLinked: true });
    onLinked();
  }

  /** Changes everything on screen to this stage. */
  function hangAt(protocolId: string, stageAt: number): boolean {
    const { series } = useViewer.getState();
    const fitting = fittingHangings(series, allHangings()).find(({ protocol }) => protocol.id === protocolId);
    const stage = fitting?.stages[stageAt];
    if (!fitting || !stage) return false;
    keepsShape = false;
    const hanging = hangStage(series, fitting.protocol, stage);
    setLayout(hanging.layout);
    pushes.clear();
    for (const { id } of useViewer.getState().panes) clearPane(id);
    useViewer.setState({
      isLinked: false,
      activePaneId: 'pane-1',
      hanging: {
        protocolId,
        name: fitting.protocol.name,
        stages: fitting.stages.map(({ name }) => name),
        stageAt,
        missing: hanging.missing,
        reasons: fitting.reasons,
      },
    });
    put(hanging);
    if (hanging.isPlanes) onPlanes(hanging.planesLook);
    return true;
  }

  return {
    /** What a case is first shown with, and again whenever more of it has come; `expectedPriors` are still on their way. */
    hang(expectedPriors: readonly (string | undefined)[]): void {
      const { series, panes, hanging: shown } = useViewer.getState();
      const fitting = fittingHangings(series, allHangings(), expectedPriors);
      const isFirst = shown === undefined || panes.every(({ seriesKey }) => seriesKey === undefined);
      const kept = isFirst ? undefined : allHangings().find(({ id }) => id === shown.protocolId);
      const best = fitting.find(({ protocol }) => protocol.id === kept?.id) ?? (kept ? undefined : fitting[0]);
      const protocol = kept ?? best?.protocol;
      const firstAt = Math.min(ports.firstStage, (best?.stages.length ?? 1) - 1);
      const stageName = isFirst ? best?.stages[firstAt]?.name : shown.stages[shown.stageAt];
      const stage = protocol?.stages.find(({ name }) => name === stageName);
      if (!protocol || !stage) return;
      const hanging = hangStage(series, protocol, stage, { expectedPriors, keepsShape: !isFirst && keepsShape });
      if (isFirst) {
        keepsShape = hanging.awaitsPrior;
        setLayout(hanging.layout);
      }
      const stages = best?.stages.map(({ name }) => name) ?? [stage.name];
      useViewer.setState({
        hanging: {
          protocolId: protocol.id,
          name: protocol.name,
          stages,
          stageAt: Math.max(0, stages.indexOf(stage.name)),
          missing: hanging.missing,
          reasons: best?.reasons ?? shown?.reasons ?? [],
        },
      });
      put(hanging);
      if (isFirst && hanging.isPlanes) onPlanes(hanging.planesLook);
    },
    /** False where that hanging does not fit the case. */
    choose: (protocolId: string): boolean => hangAt(protocolId, 0),
    step(by: 1 | -1): void {
      const shown = useViewer.getState().hanging;
      if (!shown || shown.stages.length < 2) return;
      hangAt(shown.protocolId, (shown.stageAt + by + shown.stages.length) % shown.stages.length);
    },
    /** A pane's stack has just been set: it is pushed to its edge, and images of one scale are brought to it. */
    settle(paneId: string): void {
      const isOfScale = sameScale.has(paneId);
      const settled = (isOfScale ? [...sameScale] : [paneId]).flatMap((id) => {
        const one = view(id);
        const facts = factsOf(one?.getCurrentImageId() ?? '');
        return one && facts ? [{ one, facts, push: pushes.get(id) }] : [];
      });
      const isComparable = isOfScale && settled.every(({ facts }) => facts.spacing.kind !== 'unknown');
      const scale = Math.max(...settled.map(({ one }) => mmPerCssPixel(one)));
      for (const { one, facts, push } of settled) {
        if (isComparable) one.setCamera({ parallelScale: (scale * one.element.clientHeight) / 2 });
        if (push) pushToEdge(one, facts, push);
        if (isComparable || push) one.render();
      }
    },
  };
}
