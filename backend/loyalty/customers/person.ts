import { type Seal, sealWith } from '#backend/pki/sealing.ts';
import type { Random } from '#backend/random.ts';
import { Customer } from '#contract/central/office-cards.ts';

/** A person as sealed: all that is known of them, and nothing that a ledger or a journal stands on. */
export type Person = Customer;

export type SealedPerson = { person_key: Buffer; sealed: Buffer };

const keyLength = 32;
const purposeOf = (customer: string): string => `person ${customer}`;

/**
 * Seals a person under a key of their own, and the key under the server's. Whoever deletes that key has erased the person, also in
 * every copy of the sealed data that lies elsewhere without it (invariant 24).
 * @param known the key that the person has; null: a new one is made
 */
export function sealPerson(
  { seal, random }: { seal: Seal; random: Random },
  customer: string,
  person: Person,
  known: Buffer | null,
): SealedPerson {
  const key = known === null ? random(keyLength) : seal.open(purposeOf(customer), known);
  const sealed = sealWith(Buffer.from(key).toString('hex'), random).seal(customer, Buffer.from(JSON.stringify(person)));
  return { person_key: known ?? seal.seal(purposeOf(customer), key), sealed };
}

/** Null once the person has been erased. @throws when key or data were altered */
export function openPerson(
  seal: Seal,
  { customer_id, person_key, sealed }: { customer_id: string; person_key: Buffer | null; sealed: Buffer | null },
): Person | null {
  if (person_key === null || sealed === null) return null;
  const key = seal.open(purposeOf(customer_id), person_key).toString('hex');
  const text = sealWith(key, unused).open(customer_id, sealed).toString('utf8');
  return Customer.parse(JSON.parse(text));
}

/** To open takes no randomness. */
const unused: Random = () => {
  throw new Error('nothing is sealed here');
};
