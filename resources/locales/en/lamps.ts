import type { lamps as french } from '../fr/lamps.ts';

export const lamps: typeof french = {
  reader: {
    name: 'Reader',
    states: {
      ok: { word: 'Reader', fact: 'Ready', remedy: '' },
      warn: { word: 'Reader', fact: 'Answers badly', remedy: 'Unplug its cable, then plug it in again.' },
      fault: { word: 'Reader fault', fact: 'Does not answer', remedy: 'Unplug its cable, then plug it in again.' },
      absent: { word: 'No reader', fact: 'No reader', remedy: 'Plug in a USB reader. It is taken by itself.' },
    },
    details: {
      ready: { word: 'Reader', fact: 'Ready', remedy: '' },
      simulated: { word: 'Reader', fact: 'Ready, simulated', remedy: '' },
      'card-present': { word: 'Reader', fact: 'Ready, a card lies on it', remedy: '' },
      unplugged: {
        word: 'Reader unplugged',
        fact: 'Unplugged',
        remedy: 'Plug its USB cable in again. It is taken back by itself.',
      },
      none: { word: 'No reader', fact: 'No reader', remedy: 'Plug in a USB reader. It is taken by itself.' },
      'service-stopped': {
        word: 'Reader stopped',
        fact: 'The card service of this PC has stopped',
        remedy: 'The till takes it back as soon as it returns. If not, restart this PC.',
      },
    },
  },
  printer: {
    name: 'Printer',
    states: {
      ok: { word: 'Printer', fact: 'Ready', remedy: '' },
      warn: { word: 'Printer', fact: 'Needs a look', remedy: 'Look at its lights and its paper.' },
      fault: { word: 'Printer fault', fact: 'Faulty', remedy: 'Turn it off and on, then test.' },
      absent: { word: 'No printer', fact: 'None set, the ticket stays on screen', remedy: '' },
    },
    details: {
      ready: { word: 'Printer', fact: 'Ready', remedy: '' },
      simulated: { word: 'Printer', fact: 'Ready, simulated', remedy: '' },
      'paper-low': { word: 'Paper running low', fact: 'Paper running low', remedy: 'Have a roll at hand.' },
      'paper-out': {
        word: 'Out of paper',
        fact: 'Out of paper',
        remedy: 'Open the cover, lay in a roll, pull 5 cm of paper, close, then test.',
      },
      'cover-open': { word: 'Cover open', fact: 'Cover open', remedy: 'Close the cover, then test.' },
      silent: {
        word: 'Printer silent',
        fact: 'Does not answer',
        remedy: 'Look whether the last ticket came out. Turn it off and on, then test.',
      },
      offline: {
        word: 'Printer off',
        fact: 'Cannot be reached',
        remedy: 'Check that it is on and plugged in, then test.',
      },
      unavailable: {
        word: 'Printer off',
        fact: 'Cannot be reached',
        remedy: 'Check that it is on and plugged in, then test.',
      },
      'not-set': { word: 'No printer', fact: 'None set, the ticket stays on screen', remedy: '' },
      'cannot-report': { word: 'Printer', fact: 'Ready, does not report', remedy: '' },
    },
  },
  register: {
    name: 'Register link',
    states: {
      ok: { word: 'Register link', fact: 'Listening', remedy: '' },
      warn: {
        word: 'Register link',
        fact: 'Receives signs it does not understand',
        remedy: 'Type the amount here. Check the cable and the format set.',
      },
      fault: {
        word: 'Register link down',
        fact: 'Down',
        remedy: 'Type the amount here. Check the cable between the register and this PC.',
      },
      absent: { word: 'Register link, none', fact: 'None set, amounts are typed here', remedy: '' },
    },
    details: {
      listening: { word: 'Register link', fact: 'Listening', remedy: '' },
      received: { word: 'Register link', fact: 'Amounts received', remedy: '' },
      simulated: { word: 'Register link', fact: 'Listening, simulated', remedy: '' },
      garbage: {
        word: 'Register link',
        fact: 'Receives signs it does not understand',
        remedy: 'Type the amount here. Check the cable and the format set.',
      },
      'amount-refused': {
        word: 'Register link',
        fact: 'Sent an amount that cannot be sold for: zero, below zero or too large',
        remedy: 'Ring the sale up again on the register, or type the amount here.',
      },
      'not-set': { word: 'Register link, none', fact: 'None set, amounts are typed here', remedy: '' },
    },
  },
  network: {
    name: 'Network',
    states: {
      ok: { word: 'Network', fact: 'Connected to the server', remedy: '' },
      warn: { word: 'Offline', fact: 'Server out of reach', remedy: 'Go on selling. Sending resumes by itself.' },
      fault: { word: 'Network refused', fact: 'The server refuses this till', remedy: 'Call the network.' },
      absent: {
        word: 'No network',
        fact: 'This computer is not a till yet',
        remedy: 'Ask the manager for an enrolment code.',
      },
    },
    details: {
      online: { word: 'Network', fact: 'Connected to the server', remedy: '' },
      offline: { word: 'Offline', fact: 'Server out of reach', remedy: 'Go on selling. Sending resumes by itself.' },
      slow: { word: 'Network slow', fact: 'The server answers slowly', remedy: 'Go on selling.' },
      refused: {
        word: 'Network refused',
        fact: 'The server refuses what is sent',
        remedy: 'Go on selling and call support.',
      },
      'not-enrolled': {
        word: 'No network',
        fact: 'This computer is not a till yet',
        remedy: 'Ask the manager for an enrolment code.',
      },
      quarantined: {
        word: 'Till set aside',
        fact: 'The server has set this till aside',
        remedy: 'Call the network: a person compares the two journals.',
      },
      revoked: { word: 'Till withdrawn', fact: 'The network has withdrawn this till', remedy: 'Call the network.' },
    },
  },
  clock: {
    name: 'Clock',
    states: {
      ok: { word: 'Clock', fact: 'Agrees with the server', remedy: '' },
      warn: {
        word: 'Clock',
        fact: 'The time of this PC differs from the server’s',
        remedy: 'Set the time of this PC. The order of operations stays right.',
      },
      fault: {
        word: 'Clock',
        fact: 'The time of this PC differs from the server’s',
        remedy: 'Set the time of this PC. The order of operations stays right.',
      },
      absent: { word: 'Clock', fact: 'Not compared with the server yet', remedy: '' },
    },
    details: {
      right: { word: 'Clock', fact: 'Agrees with the server', remedy: '' },
      slow: {
        word: 'This PC is[ {offsetMs}] slow',
        fact: 'This PC is[ {offsetMs}] behind the server',
        remedy:
          'Windows: Settings, Time & language, Date & time, “Sync now”. Linux: “timedatectl set-ntp true”. Go on selling meanwhile: only the date on tickets is wrong.',
      },
      fast: {
        word: 'This PC is[ {offsetMs}] fast',
        fact: 'This PC is[ {offsetMs}] ahead of the server',
        remedy:
          'Windows: Settings, Time & language, Date & time, “Sync now”. Linux: “timedatectl set-ntp true”. Go on selling meanwhile: only the date on tickets is wrong.',
      },
      unknown: { word: 'Clock', fact: 'Not compared with the server yet', remedy: '' },
    },
  },
  keys: {
    name: 'Keys',
    states: {
      ok: { word: 'Keys', fact: 'Valid', remedy: '' },
      warn: { word: 'Keys to renew', fact: 'Soon out of date', remedy: 'They renew by themselves online.' },
      fault: { word: 'Keys unreadable', fact: 'Unreadable or out of date', remedy: 'Call support.' },
      absent: {
        word: 'No keys',
        fact: 'None: this computer is not a till yet',
        remedy: 'Ask the manager for an enrolment code.',
      },
    },
    details: {},
  },
  queue: {
    name: 'Queue',
    states: {
      ok: { word: '{unsent} to send', fact: 'Everything is sent', remedy: '' },
      warn: {
        word: '{unsent} to send',
        fact: '{unsent} {unsent|operation|operations} kept here, waiting to be sent',
        remedy: 'Go on selling. Sending resumes by itself.',
      },
      fault: { word: '{unsent} to send', fact: 'Sending is refused, everything is kept here', remedy: 'Call support.' },
      absent: { word: '{unsent} to send', fact: 'Nothing to send', remedy: '' },
    },
    details: {
      'journal-faulty': {
        word: 'Journal to check',
        fact: 'An entry of the journal does not read back: {entry}',
        remedy: 'Call support. `comptoir journal verify` says all that is wrong.',
      },
    },
  },
};
