import type { serviceErrors as french } from '../fr/errors-service.ts';

export const serviceErrors: typeof french = {
  DiskFull: {
    title: 'The disk of this PC is full',
    state: 'The operation is not recorded, the card is unchanged.',
    remedy: 'Make room, then start again.',
  },
  StoreCorrupt: {
    title: 'The till’s file is damaged[: {file}]',
    state: 'It is left as it is, so that nothing is lost.',
    remedy: 'Keep this folder as it is and call support.',
  },
  StoreTooNew: {
    title: 'This data comes from a newer version[: {file}]',
    state: 'It is left as it is.',
    remedy: 'Install the latest version of Comptoir on this PC.',
  },
  KeysUnreadable: {
    title: 'The keys of this till cannot be read',
    state: 'Nothing was changed.',
    remedy: 'Open Comptoir with the same account of this PC as usual, or call support.',
  },
  DataFolderInUse: {
    title: 'Another Comptoir already uses this data',
    state: 'This one changed nothing.',
    remedy: 'Use the window that is already open, or close the other one first.',
  },
  DataFolderUnusable: {
    title: 'This folder cannot be written[: {folder}]',
    state: 'Nothing was changed[ ({code})].',
    remedy: 'Let your account write there, or name another folder with --data.',
  },
  ProgramDidNotStart: {
    title: 'A part of Comptoir did not start[: {what}]',
    state: 'The data is left as it is.',
    remedy: 'Try again. If it happens again, send the lines above to support.',
  },
  ProgramFault: {
    title: 'The program met an error and wrote it in its log',
    state: 'Nothing was recorded.',
    remedy: 'Try again. If this comes back, call support.',
  },
  ServiceGone: {
    title: 'The Comptoir service went away in the middle',
    state: 'What it had recorded is kept. Whether this operation was is not known.',
    remedy: 'Start it again, then look at “comptoir journal list” before you do it once more.',
  },
  BackupExists: {
    title: 'This file is there already[: {file}]',
    state: 'It is left as it is; no backup was made.',
    remedy: 'Give the backup another name.',
  },
  BackupNotWritten: {
    title: 'The backup cannot be written[: {file}]',
    state: 'Nothing was left in its place[ ({code})].',
    remedy: 'Look whether the folder exists and the stick or disk is plugged in, then try again.',
  },
  BackupNotRead: {
    title: 'The backup cannot be read[: {file}]',
    state: 'The data of this machine has not changed[ ({code})].',
    remedy: 'Check the name of the file, and that the stick or disk is plugged in.',
  },
  BackupUnreadable: {
    title: 'This file is no whole backup[: {file}]',
    state: 'The data of this machine has not changed[ ({why})].',
    remedy: 'Take another backup.',
  },
  BackupOfAnotherTill: {
    title: 'This is the backup of another till, whose keys are not on this machine',
    state:
      'The data of this machine has not changed. The server keeps all that the other till has sent[; {unsent} {unsent|entry was|entries were} not sent yet].',
    remedy: 'Make this machine a new till: ask the office for a code, then `comptoir enrol`.',
  },
  BackupFaulty: {
    title: 'The journal of this backup does not agree[ at entry {entry}]',
    state: 'The data of this machine has not changed.',
    remedy: 'Take another backup, and keep this one for support.',
  },
  JournalFaulty: {
    title: 'The journal does not agree[ at entry {entry}]',
    state: 'No entry is erased or changed.[ {count} {count|difference|differences} in all.]',
    remedy: 'Leave this PC as it is and call support.',
  },
  CentralUnreachable: {
    title: 'The server does not answer',
    state: 'Nothing is lost: the operations are kept here.',
    remedy: 'Go on selling. Sending resumes by itself.',
  },
  CentralRefused: {
    title: 'The server refuses what is sent[: {why}]',
    state: 'Nothing is lost: the operations are kept here.',
    remedy: 'Go on selling and call support.',
  },
  EnrolmentFailed: {
    title: 'The enrolment did not go through[: {why}]',
    state: 'This PC is still no till. Nothing was changed.',
    remedy: 'Check the server’s address and the line, then try again.',
  },
  AlreadyEnrolled: {
    title: 'This PC is a till already',
    state: 'Nothing changed: its journal stays that of its shop.',
    remedy: 'For another till, use another folder with --data.',
  },
  EnrolmentCodeInvalid: {
    title: 'This enrolment code is not valid',
    state: 'This computer is not a till yet.',
    remedy: 'A code works once and expires: ask the manager for a new one.',
  },
  TerminalRevoked: {
    title: 'The network has withdrawn this till',
    state: 'Its journal is kept. It no longer sells.',
    remedy: 'Call the network.',
  },
  TerminalQuarantined: {
    title: 'The server has set this till aside',
    state: 'Two journals carry the same number. The operations are kept here.',
    remedy: 'Call the network: a person compares the two.',
  },
  SyncTimeout: {
    title: 'Sending is not finished',
    state: '[{unsent} {unsent|operation is|operations are} still to send. ]Nothing is lost.',
    remedy: 'Sending goes on by itself. The “to send” counter says how far it is.',
  },
};
