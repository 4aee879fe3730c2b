import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import type { MailServer } from '#shared/domain/site.ts';

/** Hands one message to a mail server; never rejects. `messageId` stays the same when it is sent again. */
export type SendMail = (message: {
  readonly server: MailServer;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly date: Date;
  readonly timeoutMs: number;
}) => Promise<AttemptOutcome>;
