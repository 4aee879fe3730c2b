import { mmPerCssPixel, type StackView } from './engine/view.ts';
import { linkedIndex, offsetBetween, relationOf } from './model/linked-scroll.ts';
import type { ImageSeries } from './model/series.ts';
import { paneById, updatePane, useViewer, type Pane } from './viewer-store.ts';

export interface LinkingPorts {
  readonly imageSeries: (key: string | undefined) => ImageSeries | undefined;
  readonly view: (paneId: string) => StackView | undefined;
  readonly scrollTo: (paneId: string, index: number) => void;
  readonly redraw: (paneId: string) => void;
}

/** Less than a thousandth is rounding of the camera. */
const SAME_ZOOM = 1e-3;

/** What panes have in common while they are linked: place, and between current and prior also window and zoom. */
export function createLinking({ imageSeries, view, scrollTo, redraw }: LinkingPorts) {
  /** By how much a series stands off another where no frame of reference relates them. */
  const offsets = new Map<string, number>();

  function offsetOf(from: ImageSeries, pane: Pane, to: ImageSeries, other: Pane): number {
    const [key, back] = [`${from.key}>${to.key}`, `${to.key}>${from.key}`];
    const known = offsets.get(key);
    if (known !== undefined) return known;
    const offset = offsetBetween(from, pane.index, to, other.index);
    offsets.set(key, offset);
    offsets.set(back, offsetBetween(to, other.index, from, pane.index));
    return offset;
  }

  const others = (paneId: string): { readonly other: Pane; readonly series: ImageSeries }[] =>
    useViewer.getState().panes.flatMap((other) => {
      const series = other.id === paneId ? undefined : imageSeries(other.seriesKey);
      return series && series.images.length > 1 ? [{ other, series }] : [];
    });

  /** The panes that show the same kind of images of the other role: a prior beside its current. */
  function partners(paneId: string): Pane[] {
    const { panes, isLinked } = useViewer.getState();
    const series = imageSeries(paneById(paneId)(useViewer.getState())?.seriesKey);
    if (!isLinked || !series) return [];
    return panes.filter((other) => {
      const theirs = imageSeries(other.seriesKey);
      return theirs !== undefined && theirs.role !== series.role && theirs.modality === series.modality;
    });
  }

  /** Says beside every linked image how far it stands off the active one; nothing where both share a frame of reference. */
  function showOffsets(): void {
    const { activePaneId, isLinked, panes } = useViewer.getState();
    const active = paneById(activePaneId)(useViewer.getState());
    const from = imageSeries(active?.seriesKey);
    const shown = new Map<string, number>();
    if (isLinked && active?.painted && from && from.images.length > 1) {
      for (const { other, series } of others(active.id)) {
        if (other.painted && relationOf(from, series) === 'other-space')
          shown.set(other.id, offsetOf(from, active, series, other));
      }
    }
    for (const { id, linkOffsetMm } of panes)
      if (linkOffsetMm !== shown.get(id)) updatePane(id, { linkOffsetMm: shown.get(id) });
  }

  function scroll(pane: Pane, from: ImageSeries, target: number): void {
    const steps = target - pane.index;
    const followers = others(pane.id).map(({ other, series }) => {
      switch (relationOf(from, series)) {
        case 'same-space':
          return { other, index: linkedIndex(from, target, series, 0) };
        case 'other-space':
          return { other, index: linkedIndex(from, target, series, offsetOf(from, pane, series, other)) };
        case 'unplaced':
          return { other, index: other.index + steps };
        case 'crossed':
          return { other, index: other.index };
      }
    });
    scrollTo(pane.id, target);
    for (const { other, index } of followers) scrollTo(other.id, index);
  }

  /** A window chosen here holds for the partners that count the same unit. */
  function shareWindow(paneId: string, scale: Pane['scale'], isScaleChosen: boolean): void {
    const unit = paneById(paneId)(useViewer.getState())?.painted?.facts.unit;
    if (unit === undefined) return;
    for (const other of partners(paneId)) {
      if (other.painted?.facts.unit !== unit) continue;
      updatePane(other.id, { scale, isScaleChosen });
      redraw(other.id);
    }
  }

  /** Partners take the millimetres a pixel of this pane, where both are calibrated alike. */
  function shareZoom(paneId: string): void {
    const from = view(paneId);
    const spacing = paneById(paneId)(useViewer.getState())?.painted?.facts.spacing;
    if (!from || !spacing || spacing.kind === 'unknown') return;
    const mm = mmPerCssPixel(from);
    for (const other of partners(paneId)) {
      const to = view(other.id);
      if (!to || other.painted?.facts.spacing.kind !== spacing.kind) continue;
      if (Math.abs(mmPerCssPixel(to) / mm - 1) < SAME_ZOOM) continue;
      to.setCamera({ parallelScale: (mm * to.element.clientHeight) / 2 });
      to.render();
    }
  }

  return {
    scroll,
    showOffsets,
    /** From now on the places shown belong together. */
    begin(): void {
      offsets.clear();
      showOffsets();
    },
    /** The window a prior is shown in while nobody chose one for it: that of the current image beside it, in the same unit. */
    windowFromPartner(paneId: string): Pane['scale'] | undefined {
      const pane = paneById(paneId)(useViewer.getState());
      if (imageSeries(pane?.seriesKey)?.role !== 'prior') return undefined;
      const unit = imageSeries(pane?.seriesKey)?.images[0]?.unit;
      const partner = partners(paneId).find(({ painted }) => unit !== undefined && painted?.facts.unit === unit);
      return partner?.scale;
    },
    shareWindow,
    shareZoom,
    /** A pane shows its first image: a prior takes window and zoom of the current beside it, whichever came first. */
    join(paneId: string, { role }: ImageSeries): void {
      showOffsets();
      const from = paneById(role === 'current' ? paneId : partners(paneId)[0]?.id)(useViewer.getState());
      if (!from?.painted) return;
      shareWindow(from.id, from.scale, false);
      shareZoom(from.id);
    },
  };
}
