import { expect, it } from 'vitest';

import { acknowledge } from '#shared/hl7/acknowledge.ts';
import { parseHl7 } from '#shared/hl7/message.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { ackCodeIn, hasReason } from '#tests/campaign/mllp-sender.ts';

it.each(['MSH|^~\\&|A|B|||||ADT^A08|1|P|2.5.1\r', 'MSH#^~\r'])(
  'reads the code and the reason of an acknowledgement that separates as its message did: %j',
  (message) => {
    const parsed = parseHl7(message);
    if (!parsed.ok) throw new Error(parsed.error.reason);
    const identity = { controlId: 'C1', at: 0 as EpochMs };
    const refused = acknowledge(parsed.value, 'AR', 'not taken here', identity);
    expect([ackCodeIn(refused), hasReason(refused)]).toEqual(['AR', true]);
    const taken = acknowledge(parsed.value, 'AA', '', identity);
    expect([ackCodeIn(taken), hasReason(taken)]).toEqual(['AA', false]);
  },
);
