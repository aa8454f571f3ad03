import type { HeaderValues, SignableRequest } from '#contract/central/http-signature.ts';

/** What a request was on the wire: signatures stand on its bytes, not on what was read out of them. */
export type ArrivedRequest = SignableRequest & { headers: HeaderValues };
