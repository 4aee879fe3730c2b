import type { CallName, CallResponse } from '#shared/contract/calls.ts';
import type { CriticalView as LooseCritical } from '#shared/contract/critical-calls.ts';
import type { WorkstationEvent as LooseEvent } from '#shared/contract/events.ts';
import type {
  DeliveryView as LooseDelivery,
  NextCase as LooseNext,
  OpenCase as LooseCase,
  WorklistRow as LooseRow,
} from '#shared/contract/schemas.ts';

/**
 * What a parsed JSON answer really is: an absent key is absent, never there with `undefined` in it. Zod's types do not say
 * so, the domain's types demand it.
 */
type Exact<Value> = Value extends readonly [unknown, unknown] | readonly [unknown, unknown, unknown]
  ? Value
  : Value extends readonly (infer Item)[]
    ? Exact<Item>[]
    : Value extends object
      ? { [Key in keyof Value]: Exact<Exclude<Value[Key], undefined>> }
      : Value;

export type Answer<Name extends CallName> = Exact<CallResponse<Name>>;
export type WorkstationEvent = Exact<LooseEvent>;
export type OpenCase = Exact<LooseCase>;
export type NextCase = Exact<LooseNext>;
export type WorklistRow = Exact<LooseRow>;
export type CriticalView = Exact<LooseCritical>;
export type DeliveryView = Exact<LooseDelivery>;
