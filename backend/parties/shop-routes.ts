import { implement } from '@orpc/server';
import type { RequestContext } from '#backend/http/request-context.ts';
import { answer, refusal, refused } from '#backend/refusal.ts';
import { type FileDesk, fileAnswer } from '#backend/reports/file-desk.ts';
import { officeAttendanceContract } from '#contract/central/office-attendance.ts';
import { officeKeysContract } from '#contract/central/office-keys.ts';
import { keyLists, type ListName, networkLists, officeListsContract } from '#contract/central/office-lists.ts';
import { officeStaffContract } from '#contract/central/office-staff.ts';
import { officeTerminalsContract } from '#contract/central/office-terminals.ts';
import { keyPrefix } from './api-keys.ts';
import type { OfficeDesk } from './office-desk.ts';
import type { Session } from './sessions.ts';
import type { ShopDesk } from './shop-desk.ts';

const contract = {
  ...officeTerminalsContract,
  ...officeStaffContract,
  ...officeAttendanceContract,
  ...officeKeysContract,
  ...officeListsContract,
};

/** The office's calls about tills, people, keys and files. */
export function shopRoutes(office: OfficeDesk, desk: ShopDesk, files: FileDesk) {
  const os = implement(contract).$context<RequestContext>();
  const inOffice = os.use(async ({ context, next }) =>
    next({ context: { session: answer(await office.session(context.bearer)) } }),
  );
  const reading = os.use(async ({ context, next }) =>
    next({ context: { session: answer(await office.reader(context.bearer)) } }),
  );
  return {
    terminals: inOffice.terminals.handler(async ({ input, context }) =>
      answer(await desk.terminals(context.session, input)),
    ),
    revokeTerminal: inOffice.revokeTerminal.handler(async ({ input, context }) => {
      const revoked = answer(await desk.revokeTerminal(context.session, input.terminal));
      context.log.warn({ terminal: input.terminal, by: context.session.person.code }, 'terminal revoked');
      return revoked;
    }),
    staff: inOffice.staff.handler(async ({ input, context }) => answer(await desk.staff(context.session, input))),
    attendance: inOffice.attendance.handler(async ({ input, context }) =>
      answer(await desk.attendance(context.session, input)),
    ),
    addStaff: inOffice.addStaff.handler(async ({ input, context }) =>
      answer(await desk.addStaff(context.session, input)),
    ),
    changeStaff: inOffice.changeStaff.handler(async ({ input: { code, ...change }, context }) =>
      answer(await desk.changeStaff(context.session, code, change)),
    ),
    setStaffPin: inOffice.setStaffPin.handler(async ({ input, context }) =>
      answer(await desk.setStaffPin(context.session, input.code, input.pin)),
    ),
    setStaffBadge: inOffice.setStaffBadge.handler(async ({ input, context }) =>
      answer(await desk.setStaffBadge(context.session, input.code, input.badge)),
    ),
    setStaffPassword: inOffice.setStaffPassword.handler(async ({ input, context }) =>
      answer(await desk.setStaffPassword(context.session, input.code, input.password)),
    ),
    apiKeys: inOffice.apiKeys.handler(async ({ context }) => answer(await desk.apiKeys(context.session))),
    makeApiKey: inOffice.makeApiKey.handler(async ({ input, context }) =>
      answer(await desk.makeApiKey(context.session, input)),
    ),
    revokeApiKey: inOffice.revokeApiKey.handler(async ({ input, context }) =>
      answer(await desk.revokeApiKey(context.session, input.id)),
    ),
    exportList: reading.exportList.handler(async ({ input, context }) => {
      const byKey = context.bearer?.startsWith(keyPrefix) ?? false;
      if (byKey && !keyLists.includes(input.list)) throw refused(refusal('NotAllowed'));
      mayHave(context.session, input.list);
      const list = byKey && input.list === 'ledger' ? 'ledger-by-number' : input.list;
      return fileAnswer(answer(await files.file(context.session.person.tenant, { ...input, list })));
    }),
    exportLink: inOffice.exportLink.handler(({ input, context }) => {
      mayHave(context.session, input.list);
      return files.link(context.session, input);
    }),
    linkedExport: os.linkedExport.handler(async ({ input }) => fileAnswer(answer(await files.linked(input.link)))),
  };
}

function mayHave({ person }: Session, list: ListName): void {
  if (networkLists.includes(list) && person.role !== 'network-admin') throw refused(refusal('NotAllowed'));
}
