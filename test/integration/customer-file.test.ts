import { afterAll, beforeAll, expect, it } from 'vitest';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';

let central: RunningCentral;
let asker: CentralClient;
let other: CentralClient;
let auditor: CentralClient;
const cardNumber = cardNumberOf(31_415_926);

async function officeOf(code: string): Promise<CentralClient> {
  const password = central.seed.staff.find((person) => person.code === code)!.pin;
  const { token } = await central.client().office.signIn({ code, password });
  return central.client({ authorization: `Bearer ${token}` });
}

beforeAll(async () => {
  central = await startCentral();
  const { code } = central.seed.enrolmentCodes.find(({ shop }) => shop === 1)!;
  const till = await CentralTill.enrol(central.url, central.client(), code);
  till.sale(1_000, { cardNumber });
  await till.push();
  [asker, other, auditor] = (await Promise.all(['manager', 'network-admin', 'auditor'].map(officeOf))) as [
    CentralClient,
    CentralClient,
    CentralClient,
  ];
});
afterAll(() => central?.stop());

const refused = async (call: Promise<unknown>) => (await refusalOf(call)).type;

it('[T24] the personal data of all customers leave by two people, once, and stay on record', async () => {
  expect(await refused(asker.office.askCustomerFile({ format: 'csv' }))).toBe('NotFound');
  const consents = { sms: true, email: false, mail: false };
  const known = { name: 'Adjoua N’Guessan', birthday: '03-14', phone: '+225 07 07', email: null, language: null };
  await asker.office.putCustomer({ cardNumber, customer: { ...known, ticketByEmail: false, consents } });
  expect(await refused(auditor.office.askCustomerFile({ format: 'csv' }))).toBe('NotAllowed');
  const { id, ...request } = await asker.office.askCustomerFile({ format: 'csv' });
  expect(request).toMatchObject({ state: 'waiting', people: 1, mine: true, askedBy: 'Nadège Koffi', decidedBy: null });

  expect(await refused(asker.office.takeCustomerFile({ id }))).toBe('RequestOver');
  expect(await refused(asker.office.decideCustomerFile({ id, approved: true }))).toBe('SecondPersonNeeded');
  expect(await refused(auditor.office.decideCustomerFile({ id, approved: true }))).toBe('NotAllowed');
  expect(await other.office.decideCustomerFile({ id, approved: true })).toMatchObject({
    state: 'approved',
    mine: false,
    decidedBy: 'Hervé Aka',
  });
  expect(await refused(other.office.decideCustomerFile({ id, approved: false }))).toBe('RequestOver');
  // Who said yes has no file by it.
  expect(await refused(other.office.takeCustomerFile({ id }))).toBe('NotFound');

  const { url } = await asker.office.takeCustomerFile({ id, language: 'en' });
  const file = await fetch(central.url + url);
  expect(file.headers.get('content-disposition')).toContain('customers.csv');
  expect((await file.text()).split('\r\n').slice(0, 2)).toEqual([
    'Card,Name,Birthday,Telephone,E-mail,Language,Ticket by e-mail,Accepts SMS,Accepts e-mail,Accepts mail',
    `3141 5926 ${cardNumber.slice(8)},Adjoua N’Guessan,03-14,'+225 07 07,,,no,yes,,`,
  ]);
  expect((await fetch(central.url + url)).status).toBe(404);
  expect(await refused(asker.office.takeCustomerFile({ id }))).toBe('RequestOver');
  expect((await auditor.office.customerFileRequests({})).rows).toMatchObject([
    { id, state: 'taken', askedBy: 'Nadège Koffi', decidedBy: 'Hervé Aka', people: 1 },
  ]);
  for (const said of ['asked for', 'decided', 'taken'])
    expect(central.log.join('')).toContain(`customers’ file ${said}`);
});

it('a no ends a request, a week ends it too, and no other way gives the file', async () => {
  const declined = await asker.office.askCustomerFile({ format: 'xlsx' });
  await other.office.decideCustomerFile({ id: declined.id, approved: false });
  expect(await refused(asker.office.takeCustomerFile({ id: declined.id }))).toBe('RequestOver');
  const old = await asker.office.askCustomerFile({ format: 'xlsx' });
  const late = central.owner.updateTable('customer_file_requests').set({ expires_at: new Date(0) });
  await late.where('request_id', '=', old.id).execute();
  expect(await refused(other.office.decideCustomerFile({ id: old.id, approved: true }))).toBe('RequestOver');
  const states = (await asker.office.customerFileRequests({ limit: 2 })).rows.map(({ state }) => state);
  expect(states).toEqual(['expired', 'declined']);
  const list = 'customers' as 'staff';
  expect(await refused(asker.office.exportLink({ list, format: 'csv' }))).toBe('InvalidRequest');
  const elsewhere = await officeOf('manager-2');
  expect(await refused(elsewhere.office.decideCustomerFile({ id: declined.id, approved: true }))).toBe('NotFound');
  const own = central.owner.updateTable('customer_file_requests').set({ decided_by: 'manager', approved: true });
  await expect(own.where('request_id', '=', old.id).execute()).rejects.toThrow(/check constraint/);
});

it('[T24] [T30] the file of cards is searched by name as the page is, says no name, and finds none for a key', async () => {
  const file = async (client: CentralClient, search: string) =>
    JSON.parse(
      await new Response((await client.office.exportList({ list: 'ledger', format: 'json', search })).body).text(),
    );
  expect((await asker.office.cards({ search: 'ngues adj' })).cards.map((card) => card.cardNumber)).toEqual([
    cardNumber,
  ]);
  expect(await file(asker, 'ngues adj')).toMatchObject([{ cardNumber }]);
  expect(JSON.stringify(await file(asker, cardNumber.slice(0, 6)))).not.toContain('Adjoua');
  const { key } = await asker.office.makeApiKey({ name: 'Comptabilité', days: 30 });
  const program = central.client({ authorization: `Bearer ${key}` });
  expect(await file(program, 'ngues adj')).toEqual([]);
  expect(await file(program, cardNumber.slice(0, 6))).toMatchObject([{ cardNumber }]);
});
