import { randomBytes } from 'node:crypto';
import type { RelayPurpose, RelayStep } from '#contract/central/till-cards.ts';
import { uuidV7 } from '#contract/ids/index.ts';
import { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import type { CentralClient, RunningCentral } from './central.ts';
import { CentralTill } from './central-till.ts';

export type DoneStep = Extract<RelayStep, { state: 'done' }>;
export type Traffic = { apdu: string; answer: string };
/** The card left during the work, after so many exchanges that were answered. */
export class Pulled extends Error {}

const maxSteps = 200;
export const newIntention = () => uuidV7(Date.now(), randomBytes(10));

/** A card as it left the factory, with a chip of its own. */
export const factoryCard = (memoryBytes?: number): VirtualDesfire =>
  new VirtualDesfire({
    uid: Uint8Array.of(0x04, ...randomBytes(6)),
    randomBytes: (length) => randomBytes(length),
    ...(memoryBytes ? { memoryBytes } : {}),
  });

export const uidOf = (card: VirtualDesfire): string => Buffer.from(card.uid).toString('hex');

/** One more till of a shop, enrolled with a code that its manager makes. */
export async function newTillOf(central: RunningCentral, shop: 1 | 2 = 1): Promise<CentralTill> {
  const { code } = await (await officeOf(central, shop === 1 ? 'manager' : 'manager-2')).office.enrolmentCode({
    label: 'Caisse',
  });
  return CentralTill.enrol(central.url, central.client(), code);
}

/** The office as one of the demonstration's staff has it. */
export async function officeOf(central: RunningCentral, code: string): Promise<CentralClient> {
  const { pin } = central.seed.staff.find((person) => person.code === code)!;
  const { token } = await central.client().office.signIn({ code, password: pin });
  return central.client({ authorization: `Bearer ${token}` });
}

/** Lays the card down and carries commands and answers between it and the server, as a till does. */
export async function relayCard(
  till: CentralTill,
  card: VirtualDesfire,
  purpose: RelayPurpose,
  options: {
    intention?: string;
    traffic?: Traffic[];
    /** Who answers each step: servers may take turns. */
    server?: (step: number) => CentralClient;
  } = {},
): Promise<DoneStep> {
  const server = options.server ?? (() => client);
  const client = till.client();
  const intention = options.intention ?? newIntention();
  card.powerOn();
  try {
    const open = { terminal: till.id, intention, uid: uidOf(card), purpose };
    let step = await server(0).cards.openRelay(open);
    for (let count = 1; count <= maxSteps; count++) {
      if (step.state === 'done') return step;
      const answer = card.process(Buffer.from(step.apdu, 'hex'));
      if (!answer) throw new Pulled(`after ${count} steps`);
      const hex = Buffer.from(answer).toString('hex');
      options.traffic?.push({ apdu: step.apdu, answer: hex });
      const given = { terminal: till.id, relay: step.relay, step: step.step, answer: hex };
      step = await server(count).cards.nextRelayStep(given);
    }
    throw new Error('work without end');
  } finally {
    card.powerOff();
  }
}
