import type { Privilege } from '../domain/radiologist.ts';
import type { EpochMs } from '../kernel/clock.ts';
import type { KeptDrawing } from './kept-drawing.ts';
import type { ReportBody } from './report.ts';
import type { Signer } from './signed-report.ts';

/** Who wrote a state of a draft that went from hand to hand, and what they may sign there. */
export interface DraftWriter extends Signer {
  readonly signs: Privilege;
}

/** One state of a draft on its way to another reader. */
export interface HandedState {
  readonly savedAt: EpochMs;
  readonly body: ReportBody;
  readonly drawings?: readonly KeptDrawing[] | undefined;
  readonly writer: DraftWriter;
}
