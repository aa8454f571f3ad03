import type { ErrorWords } from '../words.ts';

/** Refusals of the reader, the printer and the cash register. */
export const devicesErrors = {
  ReaderUnavailable: {
    title: 'Le lecteur de cartes ne répond pas',
    state: 'Rien n’a été enregistré.[ Lecteur : {reader}.]',
    remedy: 'Vérifiez que son câble est branché. La caisse le reprend seule.',
  },
  CardServiceUnavailable: {
    title: 'Le service de cartes de ce PC est arrêté',
    state: 'Rien n’a été enregistré.',
    remedy: 'La caisse le reprend dès qu’il revient. Sinon, redémarrez ce PC.',
  },
  PrinterNotSet: {
    title: 'Aucune imprimante n’est réglée',
    state: 'Le ticket reste à l’écran. L’opération est gardée.',
    remedy: 'Réglez-la avec « comptoir device set printer ».',
  },
  PrinterUnavailable: {
    title: 'L’imprimante n’est pas joignable',
    state: 'Le ticket n’est pas sorti. L’opération est gardée.[ Adresse : {address}.]',
    remedy: 'Vérifiez qu’elle est allumée et branchée, puis réimprimez.',
  },
  PrinterSilent: {
    title: 'L’imprimante ne répond pas',
    state: 'Le ticket n’est pas sorti. L’opération est gardée.',
    remedy: 'Éteignez-la, rallumez-la, puis réimprimez.',
  },
  PrinterPaperOut: {
    title: 'Imprimante : plus de papier',
    state: 'Le ticket n’est pas sorti. L’opération est gardée.',
    remedy: 'Mettez un rouleau, puis réimprimez.',
  },
  PrinterCoverOpen: {
    title: 'Imprimante : capot ouvert',
    state: 'Le ticket n’est pas sorti. L’opération est gardée.',
    remedy: 'Fermez le capot, puis réimprimez.',
  },
  PrinterFault: {
    title: 'L’imprimante signale une panne',
    state: 'Le ticket n’est pas sorti. L’opération est gardée.',
    remedy: 'Éteignez-la, rallumez-la, puis réimprimez.',
  },
  PrintUnknown: {
    title: 'Le ticket est peut-être sorti',
    state: 'L’imprimante n’a pas répondu. L’opération est gardée.',
    remedy: 'Regardez la fente. S’il n’est pas sorti, réimprimez : il porte DUPLICATA.',
  },
  DeviceAddressInvalid: {
    title: 'Cette adresse d’appareil n’est pas comprise[ : {address}]',
    state: 'Le réglage d’avant est gardé.',
    remedy: 'Écrivez-la ainsi : serial:/dev/ttyS0?baud=9600, tcp:hôte:9100, pcsc:NOM ou simulated:',
  },
  DeviceProfileUnknown: {
    title: 'Ce modèle d’appareil n’est pas connu[ : {profile}]',
    state: 'Le réglage d’avant est gardé.',
    remedy: 'Choisissez un modèle de la liste.[ Connus : {known}.]',
  },
  RegisterUnavailable: {
    title: 'La liaison avec la caisse enregistreuse est coupée',
    state: 'Aucun montant ne peut en venir.[ Adresse : {address}.]',
    remedy: 'Tapez le montant ici. Vérifiez le câble entre la caisse et ce PC.',
  },
  NotSimulated: {
    title: 'Les appareils de cette caisse sont réels',
    state: 'Rien n’a été simulé.',
    remedy: 'Passez aux appareils simulés, puis recommencez.',
  },
  NotInTraining: {
    title: 'Ici on s’exerce : les appareils sont toujours simulés',
    state: 'Rien n’a changé. Les vrais appareils restent à la vraie caisse.',
    remedy: 'Quittez l’exercice pour régler les appareils.',
  },
} satisfies Partial<ErrorWords>;
