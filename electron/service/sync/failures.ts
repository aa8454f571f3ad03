import { ORPCError } from '@orpc/client';
import { CentralError } from '#contract/central/index.ts';

/** Why nothing came back, or nothing of use. */
export type UnreachableReason =
  | 'refused'
  | 'dns'
  | 'timeout'
  | 'reset'
  | 'no-route'
  | 'certificate'
  | 'cut'
  | 'stopped';

export type CentralFailure =
  /** No server: nobody answered, or a gateway (502–504), or it says it is unwell (5xx). */
  | { type: 'CentralUnreachable'; why: UnreachableReason | 'network' | 'status'; status: number | null }
  /** The server understood and said no. */
  | { type: 'CentralRefused'; refusal: CentralError }
  /** Something answered that does not keep the contract: a captive portal, another program, a faulty server. */
  | {
      type: 'CentralAnswerInvalid';
      what: 'redirect' | 'not-json' | 'too-large' | 'status' | 'schema' | 'signature';
      where: string;
    };

/** Thrown inside the exchange only; {@link failureOf} turns it back into its value. */
export class ExchangeFault extends Error {
  readonly failure: CentralFailure;
  constructor(failure: CentralFailure) {
    super(failure.type);
    this.failure = failure;
  }
}

/** System and HTTP-client codes, as they stand in an error's `code` or its cause's. */
const reasons: Record<string, UnreachableReason> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_NODATA: 'dns',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  EXCHANGE_TIMEOUT: 'timeout',
  EXCHANGE_STOPPED: 'stopped',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  ENETDOWN: 'no-route',
  CERT_HAS_EXPIRED: 'certificate',
  CERT_NOT_YET_VALID: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  LINK_CUT: 'cut',
};

/** An error with a code, which is what the table above is read by. */
export const codedError = (code: string): Error => Object.assign(new Error(code), { code });

/** What a rejected fetch means. */
export function unreachable(error: unknown): CentralFailure {
  const causes = [error, error instanceof Error ? error.cause : undefined];
  for (const cause of causes) {
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
    const why = typeof code === 'string' ? reasons[code] : undefined;
    if (why !== undefined) return { type: 'CentralUnreachable', why, status: null };
  }
  return { type: 'CentralUnreachable', why: 'network', status: null };
}

export const unwell = (status: number): boolean => status >= 500;

/** What a failed call means. A defect of ours is thrown on. */
export function failureOf(error: unknown): CentralFailure {
  if (error instanceof ExchangeFault) return error.failure;
  if (!(error instanceof ORPCError)) throw error;
  const refusal = CentralError.safeParse(error.data);
  if (refusal.success) return { type: 'CentralRefused', refusal: refusal.data };
  return { type: 'CentralAnswerInvalid', what: 'status', where: String(error.status) };
}
