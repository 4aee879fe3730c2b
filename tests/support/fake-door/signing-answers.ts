import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';

import type { DoorWorld } from './door-state.ts';

type Served =
  | 'undoSignature'
  | 'amendReport'
  | 'reportVersions'
  | 'waitingSignatures'
  | 'settleSignature'
  | 'discrepancies'
  | 'discrepancySeen'
  | 'signingKey'
  | 'exportAudit';
type SigningAnswers = { [Name in Served]: (request: CallRequest<Name>) => CallResponse<Name> };

/** What a workstation says about signed reports when there is little to say. */
export const createSigningAnswers = (world: DoorWorld): SigningAnswers => ({
  undoSignature: () => ({ status: 'too-late' }),
  amendReport: ({ pin }) =>
    pin === world.pin ? { status: 'signed', reportId: 'report-2', deliveries: [] } : { status: 'wrong-pin' },
  reportVersions: () => ({ versions: [] }),
  waitingSignatures: () => ({ reports: [] }),
  settleSignature: () => ({ status: 'not-found' }),
  discrepancies: () => ({ notices: [] }),
  discrepancySeen: () => ({ status: 'not-found' }),
  signingKey: () => ({ keyId: 'thumbprint', jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }),
  exportAudit: () => ({ status: 'not-written' }),
});
