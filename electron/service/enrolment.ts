import type { Enrolment } from '#contract/central/index.ts';
import type { Programme } from '#contract/loyalty/programme.ts';
import { err, type Result } from '#contract/result/index.ts';
import type { DemoSetup } from '#contract/till/demo-setup.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { shopApplication } from '#native/cards/layout.ts';
import type { Log } from './log.ts';
import type { ShopAtTill } from './loyalty/parts.ts';
import type { CentralFailure, EnrolmentFault, Sync } from './sync/index.ts';

/** Makes this installation a terminal, once. Errors: AlreadyEnrolled, EnrolmentCodeInvalid, EnrolmentFailed. */
export async function enrolOnce(
  sync: Sync,
  asked: { centralUrl: string; code: string; name: string },
): Promise<Result<Enrolment, TillError>> {
  if (sync.enrolment()) return err(tillError('AlreadyEnrolled'));
  const made = await sync.enrol(asked);
  return made.ok ? made : err(enrolRefusal(made.error));
}

function enrolRefusal(error: CentralFailure | EnrolmentFault): TillError {
  const { type } = error;
  switch (type) {
    case 'CentralRefused': {
      const why = error.refusal.type;
      return why === 'EnrolmentCodeInvalid' ? tillError(why, { what: why }) : tillError('EnrolmentFailed', { why });
    }
    case 'CentralUnreachable':
      return tillError('EnrolmentFailed', { why: error.why, status: error.status });
    case 'CentralAnswerInvalid':
      return tillError('EnrolmentFailed', { why: type, what: error.what });
    case 'StoreRefused':
      return tillError('EnrolmentFailed', { why: error.cause });
    default:
      return tillError('EnrolmentFailed', { why: type });
  }
}

/** A demonstration's till enrols itself, with the code its launcher was given. */
export async function enrolDemo(sync: Sync, demo: DemoSetup | null, log: Log): Promise<Enrolment | null> {
  if (!demo) return null;
  const enrolled = await sync.enrol({ centralUrl: demo.centralUrl, code: demo.enrolmentCode, name: 'demo' });
  if (enrolled.ok) return enrolled.value;
  log('error', 'demo.enrol', { type: enrolled.error.type });
  return null;
}

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** The shop this till sells for; null until it is enrolled and has its programme. */
export function shopAtTill(enrolment: Enrolment | null, programme: Programme | null): ShopAtTill | null {
  if (!enrolment || !programme) return null;
  const { shop, label, ticketPrefix, currency, ticketLanguage, network, cardKeys } = enrolment;
  return {
    name: shop.name,
    address: shop.address,
    till: label,
    ticketPrefix,
    currency,
    ticketLanguage,
    programme,
    onCard: {
      aid: shopApplication(shop.number),
      networkId: network.id,
      readWriteMasterKey: bytes(cardKeys.readWrite),
      spendMasterKey: cardKeys.spend === undefined ? null : bytes(cardKeys.spend),
    },
  };
}
