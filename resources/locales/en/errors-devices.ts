import type { devicesErrors as french } from '../fr/errors-devices.ts';

export const devicesErrors: typeof french = {
  ReaderUnavailable: {
    title: 'The card reader does not answer',
    state: 'Nothing was recorded.[ Reader: {reader}.]',
    remedy: 'Check that its cable is plugged in. The till takes it back by itself.',
  },
  CardServiceUnavailable: {
    title: 'The card service of this PC has stopped',
    state: 'Nothing was recorded.',
    remedy: 'The till takes it back as soon as it returns. If not, restart this PC.',
  },
  PrinterNotSet: {
    title: 'No printer is set',
    state: 'The ticket stays on screen. The operation is kept.',
    remedy: 'Set one with “comptoir device set printer”.',
  },
  PrinterUnavailable: {
    title: 'The printer cannot be reached',
    state: 'The ticket did not come out. The operation is kept.[ Address: {address}.]',
    remedy: 'Check that it is on and plugged in, then reprint.',
  },
  PrinterSilent: {
    title: 'The printer does not answer',
    state: 'The ticket did not come out. The operation is kept.',
    remedy: 'Turn it off and on, then reprint.',
  },
  PrinterPaperOut: {
    title: 'Printer: out of paper',
    state: 'The ticket did not come out. The operation is kept.',
    remedy: 'Put in a roll, then reprint.',
  },
  PrinterCoverOpen: {
    title: 'Printer: cover open',
    state: 'The ticket did not come out. The operation is kept.',
    remedy: 'Close the cover, then reprint.',
  },
  PrinterFault: {
    title: 'The printer reports a fault',
    state: 'The ticket did not come out. The operation is kept.',
    remedy: 'Turn it off and on, then reprint.',
  },
  PrintUnknown: {
    title: 'The ticket may have come out',
    state: 'The printer did not answer. The operation is kept.',
    remedy: 'Look at the slot. If it is not there, reprint: it is marked as a duplicate.',
  },
  DeviceAddressInvalid: {
    title: 'This device address is not understood[: {address}]',
    state: 'The setting from before is kept.',
    remedy: 'Write it like this: serial:/dev/ttyS0?baud=9600, tcp:host:9100, pcsc:NAME or simulated:',
  },
  DeviceProfileUnknown: {
    title: 'This device model is not known[: {profile}]',
    state: 'The setting from before is kept.',
    remedy: 'Choose a model from the list.[ Known: {known}.]',
  },
  RegisterUnavailable: {
    title: 'The link with the cash register is down',
    state: 'No amount can come from it.[ Address: {address}.]',
    remedy: 'Type the amount here. Check the cable between the register and this PC.',
  },
  NotSimulated: {
    title: 'The devices of this till are real',
    state: 'Nothing was simulated.',
    remedy: 'Change over to simulated devices, then start again.',
  },
  NotInTraining: {
    title: 'This is training: the devices are always simulated',
    state: 'Nothing has changed. The real devices stay with the real till.',
    remedy: 'Leave training to set the devices.',
  },
};
