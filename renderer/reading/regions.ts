const REGIONS = ['viewer', 'notes', 'report'] as const;
export type ReadingRegion = (typeof REGIONS)[number];

/** The images are shown before the report is built: a reader who asks for it in between goes there once it stands. */
let isReportAwaited = false;

/** The panel itself takes the focus when nothing better in it can; in the report that is the first text to write. */
export function focusRegion(region: ReadingRegion): void {
  isReportAwaited = region === 'report' && document.querySelector('[data-region=report]') === null;
  const holder = document.querySelector<HTMLElement>(`[data-region=${region}]`);
  if (holder === null) return;
  if (region === 'report') {
    const first =
      holder.querySelector<HTMLElement>('textarea[data-section=findings]') ??
      holder.querySelector<HTMLElement>('textarea');
    (first ?? holder).focus();
    return;
  }
  const own = region === 'viewer' ? holder.querySelector<HTMLElement>('[aria-label=Viewer][tabindex]') : holder;
  (own ?? holder).focus();
}

export function focusAwaitedReport(): void {
  if (isReportAwaited) focusRegion('report');
}

export function focusNextRegion(step: 1 | -1): void {
  const current = document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset['region'];
  const place = REGIONS.findIndex((region) => region === current);
  const next = place < 0 ? (step === 1 ? 0 : REGIONS.length - 1) : (place + step + REGIONS.length) % REGIONS.length;
  focusRegion(REGIONS[next] ?? 'viewer');
}

/** In a text box of the report: Escape first leaves the box. */
export function leaveTextBox(): boolean {
  const active = document.activeElement;
  const isText = active instanceof HTMLTextAreaElement || active instanceof HTMLInputElement;
  const panel = active?.closest<HTMLElement>('[data-region=report]');
  if (!isText || panel == null) return false;
  panel.focus();
  return true;
}
