import type { officeSettings as french } from '../fr/office-settings.ts';

export const officeSettings: typeof french = {
  nav: 'Settings',
  title: 'Till settings',
  begun: 'Original settings: nobody has changed them yet.',
  changed: 'Changed by {by}: {when}',
  network: 'the network',
  lookOnly: 'Your role may read these settings, not change them.',
  loading: 'Loading…',
  pin: {
    title: 'The customer’s PIN',
    above: 'Above {amount} {unit} a purchase asks for the customer’s PIN, where there is one.',
    aboveHint: 'Leave empty never to ask for it at a purchase.',
    required: 'Above {points} points at a time, spending asks for a PIN, even of a card that has none yet.',
    requiredHint: 'Leave empty to ask only cards that have one.',
  },
  offline: {
    title: 'Without a link',
    cap: 'A till without a link lets {points} points be spent at a time, at most.',
    capHint:
      'This is what the shop risks if two tills that are cut off spend the same points. 0: no spending without a link.',
  },
  counter: {
    title: 'At the counter',
    idle: 'After {minutes} minutes with nobody there, the till asks who is there.',
    idleHint: 'Leave empty never to lock. Half a minute is written 0.5.',
    blind: 'Count the drawer before the expected sum is shown',
  },
  approval: {
    title: 'What a cashier does not do alone',
    hint: 'For what is ticked, a manager gives their PIN on the spot.',
    acts: {
      reversal: 'reverse a sale',
      drawer: 'open the drawer without a sale',
      block: 'block a card',
      replace: 'replace a card',
      pin: 'change or unblock a customer’s PIN',
      'cash-movement': 'put in or take out cash',
      close: 'close the day',
    },
    small: 'A reversal of at most {amount} {unit} needs no manager.',
  },
  fields: { amount: 'Amount, in {unit}', points: 'Points', minutes: 'Minutes' },
  save: 'Save the settings',
  saving: 'Saving…',
  saved: 'Settings saved. Tills have them at their next exchange with the server.',
  nothing: 'No changes',
  overtaken: 'Someone changed these settings in the meantime. The page shows theirs; make yours again.',
};
