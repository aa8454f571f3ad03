import type { LampWords } from '../words.ts';

export const lamps = {
  reader: {
    name: 'Lecteur',
    states: {
      ok: { word: 'Lecteur', fact: 'Prêt', remedy: '' },
      warn: { word: 'Lecteur', fact: 'Répond mal', remedy: 'Débranchez son câble, puis rebranchez-le.' },
      fault: { word: 'Lecteur en panne', fact: 'Ne répond pas', remedy: 'Débranchez son câble, puis rebranchez-le.' },
      absent: { word: 'Lecteur absent', fact: 'Aucun lecteur', remedy: 'Branchez un lecteur USB. Il est repris seul.' },
    },
    details: {
      ready: { word: 'Lecteur', fact: 'Prêt', remedy: '' },
      simulated: { word: 'Lecteur', fact: 'Prêt, simulé', remedy: '' },
      'card-present': { word: 'Lecteur', fact: 'Prêt, une carte est posée', remedy: '' },
      unplugged: {
        word: 'Lecteur débranché',
        fact: 'Débranché',
        remedy: 'Rebranchez son câble USB. Il est repris seul.',
      },
      none: { word: 'Lecteur absent', fact: 'Aucun lecteur', remedy: 'Branchez un lecteur USB. Il est repris seul.' },
      'service-stopped': {
        word: 'Lecteur arrêté',
        fact: 'Le service de cartes de ce PC est arrêté',
        remedy: 'La caisse le reprend dès qu’il revient. Sinon, redémarrez ce PC.',
      },
    },
  },
  printer: {
    name: 'Imprimante',
    states: {
      ok: { word: 'Imprimante', fact: 'Prête', remedy: '' },
      warn: { word: 'Imprimante', fact: 'Demande un regard', remedy: 'Regardez ses témoins et son papier.' },
      fault: { word: 'Imprimante en panne', fact: 'En panne', remedy: 'Éteignez-la, rallumez-la, puis testez.' },
      absent: { word: 'Sans imprimante', fact: 'Aucune réglée, le ticket reste à l’écran', remedy: '' },
    },
    details: {
      ready: { word: 'Imprimante', fact: 'Prête', remedy: '' },
      simulated: { word: 'Imprimante', fact: 'Prête, simulée', remedy: '' },
      'paper-low': { word: 'Papier bientôt fini', fact: 'Bientôt plus de papier', remedy: 'Préparez un rouleau.' },
      'paper-out': {
        word: 'Plus de papier',
        fact: 'Plus de papier',
        remedy: 'Ouvrez le capot, posez un rouleau, tirez 5 cm de papier, fermez, puis testez.',
      },
      'cover-open': { word: 'Capot ouvert', fact: 'Capot ouvert', remedy: 'Fermez le capot, puis testez.' },
      silent: {
        word: 'Imprimante muette',
        fact: 'Ne répond pas',
        remedy: 'Regardez si le dernier ticket est sorti. Éteignez-la, rallumez-la, puis testez.',
      },
      offline: {
        word: 'Imprimante éteinte',
        fact: 'Injoignable',
        remedy: 'Vérifiez qu’elle est allumée et branchée, puis testez.',
      },
      unavailable: {
        word: 'Imprimante éteinte',
        fact: 'Injoignable',
        remedy: 'Vérifiez qu’elle est allumée et branchée, puis testez.',
      },
      'not-set': { word: 'Sans imprimante', fact: 'Aucune réglée, le ticket reste à l’écran', remedy: '' },
      'cannot-report': { word: 'Imprimante', fact: 'Prête, ne rend pas compte', remedy: '' },
    },
  },
  register: {
    name: 'Liaison caisse',
    states: {
      ok: { word: 'Liaison caisse', fact: 'À l’écoute', remedy: '' },
      warn: {
        word: 'Liaison caisse',
        fact: 'Reçoit des signes incompris',
        remedy: 'Tapez le montant ici. Vérifiez le câble et le format réglé.',
      },
      fault: {
        word: 'Liaison caisse coupée',
        fact: 'Coupée',
        remedy: 'Tapez le montant ici. Vérifiez le câble entre la caisse et ce PC.',
      },
      absent: { word: 'Liaison caisse, absente', fact: 'Aucune réglée, le montant se tape ici', remedy: '' },
    },
    details: {
      listening: { word: 'Liaison caisse', fact: 'À l’écoute', remedy: '' },
      received: { word: 'Liaison caisse', fact: 'Montants reçus', remedy: '' },
      simulated: { word: 'Liaison caisse', fact: 'À l’écoute, simulée', remedy: '' },
      garbage: {
        word: 'Liaison caisse',
        fact: 'Reçoit des signes incompris',
        remedy: 'Tapez le montant ici. Vérifiez le câble et le format réglé.',
      },
      'amount-refused': {
        word: 'Liaison caisse',
        fact: 'A envoyé un montant impossible : nul, négatif ou trop grand',
        remedy: 'Refaites la vente sur la caisse, ou tapez le montant ici.',
      },
      'not-set': { word: 'Liaison caisse, absente', fact: 'Aucune réglée, le montant se tape ici', remedy: '' },
    },
  },
  network: {
    name: 'Réseau',
    states: {
      ok: { word: 'Réseau', fact: 'Connecté au serveur', remedy: '' },
      warn: { word: 'Hors ligne', fact: 'Serveur injoignable', remedy: 'Continuez à vendre. L’envoi reprend seul.' },
      fault: { word: 'Réseau refusé', fact: 'Le serveur refuse cette caisse', remedy: 'Appelez le réseau.' },
      absent: {
        word: 'Sans réseau',
        fact: 'Ce poste n’est pas encore une caisse',
        remedy: 'Demandez un code d’enrôlement au responsable.',
      },
    },
    details: {
      online: { word: 'Réseau', fact: 'Connecté au serveur', remedy: '' },
      offline: { word: 'Hors ligne', fact: 'Serveur injoignable', remedy: 'Continuez à vendre. L’envoi reprend seul.' },
      slow: { word: 'Réseau lent', fact: 'Le serveur répond lentement', remedy: 'Continuez à vendre.' },
      refused: {
        word: 'Réseau refusé',
        fact: 'Le serveur refuse l’envoi',
        remedy: 'Continuez à vendre et appelez l’assistance.',
      },
      'not-enrolled': {
        word: 'Sans réseau',
        fact: 'Ce poste n’est pas encore une caisse',
        remedy: 'Demandez un code d’enrôlement au responsable.',
      },
      quarantined: {
        word: 'Caisse à part',
        fact: 'Le serveur garde cette caisse à part',
        remedy: 'Appelez le réseau : une personne compare les deux journaux.',
      },
      revoked: { word: 'Caisse retirée', fact: 'Le réseau a retiré cette caisse', remedy: 'Appelez le réseau.' },
    },
  },
  clock: {
    name: 'Horloge',
    states: {
      ok: { word: 'Horloge', fact: 'À l’heure du serveur', remedy: '' },
      warn: {
        word: 'Horloge',
        fact: 'L’heure de ce PC diffère de celle du serveur',
        remedy: 'Réglez l’heure de ce PC. L’ordre des opérations reste juste.',
      },
      fault: {
        word: 'Horloge',
        fact: 'L’heure de ce PC diffère de celle du serveur',
        remedy: 'Réglez l’heure de ce PC. L’ordre des opérations reste juste.',
      },
      absent: { word: 'Horloge', fact: 'Pas encore comparée à celle du serveur', remedy: '' },
    },
    details: {
      right: { word: 'Horloge', fact: 'À l’heure du serveur', remedy: '' },
      slow: {
        word: 'Ce PC retarde[ de {offsetMs}]',
        fact: 'Ce PC retarde[ de {offsetMs}] sur le serveur',
        remedy:
          'Windows : Paramètres, Heure et langue, Date et heure, « Synchroniser maintenant ». Linux : « timedatectl set-ntp true ». En attendant, vendez : seule la date des tickets est fausse.',
      },
      fast: {
        word: 'Ce PC avance[ de {offsetMs}]',
        fact: 'Ce PC avance[ de {offsetMs}] sur le serveur',
        remedy:
          'Windows : Paramètres, Heure et langue, Date et heure, « Synchroniser maintenant ». Linux : « timedatectl set-ntp true ». En attendant, vendez : seule la date des tickets est fausse.',
      },
      unknown: { word: 'Horloge', fact: 'Pas encore comparée à celle du serveur', remedy: '' },
    },
  },
  keys: {
    name: 'Clés',
    states: {
      ok: { word: 'Clés', fact: 'Valables', remedy: '' },
      warn: { word: 'Clés à renouveler', fact: 'Bientôt périmées', remedy: 'Elles se renouvellent seules en ligne.' },
      fault: { word: 'Clés illisibles', fact: 'Illisibles ou périmées', remedy: 'Appelez l’assistance.' },
      absent: {
        word: 'Sans clés',
        fact: 'Aucune : ce poste n’est pas encore une caisse',
        remedy: 'Demandez un code d’enrôlement au responsable.',
      },
    },
    details: {},
  },
  queue: {
    name: 'File',
    states: {
      ok: { word: '{unsent} à envoyer', fact: 'Tout est envoyé', remedy: '' },
      warn: {
        word: '{unsent} à envoyer',
        fact: '{unsent} {unsent|opération gardée|opérations gardées} ici, en attente d’envoi',
        remedy: 'Continuez à vendre. L’envoi reprend seul.',
      },
      fault: {
        word: '{unsent} à envoyer',
        fact: 'L’envoi est refusé, tout est gardé ici',
        remedy: 'Appelez l’assistance.',
      },
      absent: { word: '{unsent} à envoyer', fact: 'Rien à envoyer', remedy: '' },
    },
    details: {
      'journal-faulty': {
        word: 'Journal à vérifier',
        fact: 'Une écriture du journal ne se relit pas : {entry}',
        remedy: 'Appelez l’assistance. « comptoir journal verify » dit tout ce qui manque.',
      },
    },
  },
} satisfies LampWords;
