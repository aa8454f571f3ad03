import type { CardCalls, CentralFailure } from '../sync/index.ts';

/** What the till asks the server about cards while a customer stands there. */
export type CentralCards = Pick<CardCalls, 'show' | 'operation' | 'checkSpend'>;

type Answered<K extends keyof CentralCards> = Extract<Awaited<ReturnType<CentralCards[K]>>, { ok: true }>['value'];
/** An operation of any till of this shop, as the server has it. */
export type CentralOperation = Answered<'operation'>;
export type SpendCheck = Answered<'checkSpend'>;

/** The server knows no such thing. Every other failure says nothing. */
export const isNotFound = (failure: CentralFailure): boolean =>
  failure.type === 'CentralRefused' && (failure.refusal.type === 'NotFound' || failure.refusal.type === 'CardUnknown');
