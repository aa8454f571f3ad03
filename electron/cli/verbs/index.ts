import type { Verb } from '../verb.ts';
import { creditDraw, creditRepay, pursePay, purseRefund, purseTopUp } from './accounts.ts';
import { attendanceIn, attendanceOut } from './attendance.ts';
import { backup, restore } from './backup.ts';
import { cardShow } from './card.ts';
import { cardBlock, cardMerge, cardReplace } from './card-number.ts';
import { cardIssue, cardPin, cardUnblockPin } from './card-work.ts';
import { closeX, closeZ, dayOpen, drawerMove, drawerOpen } from './day.ts';
import { deviceList, deviceSet, deviceTest } from './device.ts';
import { journalList, journalVerify } from './journal.ts';
import { journalExport } from './journal-export.ts';
import { enrol, status, sync } from './look.ts';
import { reverse } from './reverse.ts';
import { central, demo, service } from './run.ts';
import { sale } from './sale.ts';
import { simulate } from './simulate.ts';
import { spend } from './spend.ts';

/** Every verb of the command, in the order of its help. */
export const verbs: readonly Verb[] = [
  demo,
  central,
  service,
  enrol,
  status,
  deviceList,
  deviceSet,
  deviceTest,
  cardShow,
  cardIssue,
  cardPin,
  cardUnblockPin,
  cardBlock,
  cardReplace,
  cardMerge,
  sale,
  spend,
  reverse,
  purseTopUp,
  pursePay,
  purseRefund,
  creditDraw,
  creditRepay,
  dayOpen,
  closeX,
  closeZ,
  drawerOpen,
  drawerMove,
  attendanceIn,
  attendanceOut,
  journalList,
  journalVerify,
  journalExport,
  sync,
  backup,
  restore,
  simulate,
];
