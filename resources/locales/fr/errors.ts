import type { ErrorWords } from '../words.ts';

/** What happened · what it means for the money and the card · what to do. See ../fill.ts for `[…]` and `{…}`. */
export const errors = {
  NotSignedIn: {
    title: 'Personne n’est à la caisse',
    state: 'Rien n’a été enregistré.',
    remedy: 'Choisissez votre nom et tapez votre code.',
  },
  PurseTooLow: {
    title: 'Le porte-monnaie ne suffit pas',
    state: 'Rien n’a été pris.[ Il contient {balanceMinor}, il manque {missingMinor}.]',
    remedy: 'Rechargez la carte, ou prenez un montant plus petit.',
  },
  CreditLimit: {
    title: 'Le plafond de crédit est dépassé',
    state: 'Rien n’a été porté au compte.[ Plafond {limitMinor}, déjà dû {owedMinor}.]',
    remedy: 'Encaissez un remboursement, ou demandez au responsable de relever le plafond au bureau.',
  },
  NotAllowed: {
    title: 'Votre rôle ne permet pas cette opération',
    state: 'Rien n’a été enregistré.',
    remedy: 'Appelez un responsable : il peut la faire à son nom.',
  },
  SignInRefused: {
    title: 'Nom ou code refusé',
    state: 'La caisse reste fermée.[ Il reste {remaining} {remaining|essai|essais}.]',
    remedy: 'Retapez votre code, ou demandez-en un nouveau à un responsable.',
  },
  SignInThrottled: {
    title: 'Trop d’essais pour ce nom',
    state: 'La saisie du code est suspendue.',
    remedy: 'Attendez[ {waitMs}], puis retapez votre code. Un autre nom peut ouvrir la caisse.',
  },
  NotEnrolled: {
    title: 'Ce poste n’est pas encore une caisse',
    state: 'Aucune vente n’est possible ici.',
    remedy: 'Demandez un code d’enrôlement au responsable, puis lancez « comptoir enrol ».',
  },
  InvalidRequest: {
    title: 'La demande est incomplète[ : {what}]',
    state: 'Rien n’a été fait.',
    remedy: 'Recommencez. Si ce message revient, transmettez-le à l’assistance.',
  },
  AmountNotANumber: {
    title: 'Ce n’est pas un montant[ : « {text} »]',
    state: 'Rien n’a été enregistré.',
    remedy: 'Tapez des chiffres, par exemple 1250.',
  },
  AmountDecimals: {
    title: 'Trop de décimales pour cette monnaie[ : « {text} »]',
    state: 'Rien n’a été enregistré.',
    remedy: '[Décimales dans cette monnaie : {exponent}. ]Retapez le montant.',
  },
  AmountZero: {
    title: 'Le montant est zéro',
    state: 'Rien n’a été enregistré.',
    remedy: 'Tapez le montant de l’achat.',
  },
  AmountTooLarge: {
    title: 'Montant trop grand pour une seule opération',
    state: 'Rien n’a été enregistré.',
    remedy: 'Vérifiez le montant.[ Le plus grand accepté est {maxAmountMinor}.]',
  },
  IntentionReused: {
    title: 'Cette opération existe déjà, avec un autre contenu',
    state: 'La première est gardée. La seconde n’a rien changé.',
    remedy: 'Regardez le journal, puis commencez une nouvelle vente.',
  },
  SaleInProgress: {
    title: 'Une autre vente est en cours sur cette caisse',
    state: 'Celle-ci n’a pas commencé.',
    remedy: 'Terminez ou annulez la première, puis recommencez.',
  },
  EntryNotFound: {
    title: 'Cette opération n’est pas dans le journal de cette caisse',
    state: 'Rien n’a été imprimé ni changé.',
    remedy: 'Cherchez-la dans la liste du journal, ou sur la caisse qui l’a faite.',
  },
  AlreadyReversed: {
    title: 'Cette opération est déjà contre-passée[ par le ticket {ticketNumber}]',
    state: 'Il n’en reste rien à rendre.',
    remedy: 'Regardez le journal. Pour une erreur sur la contre-passation, faites une nouvelle vente.',
  },
  NotReversible: {
    title: 'Cette écriture ne se contre-passe pas',
    state: 'Rien n’a été changé.',
    remedy: 'Choisissez une vente ou une dépense de points dans le journal.',
  },
  NotEnoughPoints: {
    title: 'Pas assez de points',
    state: 'Rien n’a été pris.[ Solde : {balance}.][ Il manque {missing}.]',
    remedy: 'Proposez un autre cadeau, ou gardez les points.',
  },
  GiftUnknown: {
    title: 'Ce cadeau n’est pas au programme[ : {gift}]',
    state: 'Rien n’a été pris.',
    remedy: 'Choisissez un cadeau de la liste.',
  },
  NoMoneyForPoints: {
    title: 'Le programme ne change pas les points en argent',
    state: 'Rien n’a été pris.[ Le minimum est de {minimumPoints} points.]',
    remedy: 'Proposez un cadeau, ou voyez le programme avec un responsable.',
  },
  OfflineCapExceeded: {
    title: 'Trop de points pour une dépense sans réseau',
    state: 'Rien n’a été pris.[ Le plafond est de {capPoints} points.]',
    remedy: 'Proposez moins de points, ou recommencez quand le réseau est revenu.',
  },
  PinRequired: {
    title: 'Cette carte a un code',
    state: 'Rien n’a été pris.',
    remedy: 'Le client tape son code, puis repose la carte.',
  },
  PinWrong: {
    title: 'Code de la carte refusé',
    state: 'Rien n’a été pris.[ Il reste {triesLeft} {triesLeft|essai|essais}.]',
    remedy: 'Le client retape son code. Un responsable peut en donner un nouveau.',
  },
  PinBlocked: {
    title: 'Le code de cette carte est bloqué',
    state: 'Rien n’a été pris. Les points restent sur la carte.',
    remedy: 'Un responsable débloque le code, le client présent.',
  },
  ApprovalRequired: {
    title: 'Un responsable doit donner son accord',
    state: 'Rien n’a été fait.',
    remedy: 'Le responsable tape son code, ou passe son badge.',
  },
  DayAlreadyOpen: {
    title: 'La journée est déjà ouverte',
    state: 'Son fond de caisse est enregistré. Rien n’a changé.',
    remedy: 'Pour ajouter ou retirer des espèces, enregistrez un mouvement.',
  },
  NothingToClose: {
    title: 'Rien à clore depuis le dernier Z',
    state: 'Aucun Z n’a été fait.',
    remedy: 'Le prochain se fera après une première opération.',
  },
  CountDiffers: {
    title: 'Le tiroir ne correspond pas[ : {differenceMinor} d’écart]',
    state: 'La journée n’est pas close.[ Attendu {expectedMinor}, compté {countedMinor}.]',
    remedy: 'Recomptez, ou donnez la raison de l’écart.',
  },
  NeedsLink: {
    title: 'Cette opération demande le réseau',
    state: 'Rien n’a été fait.',
    remedy: 'Recommencez quand le réseau est revenu. Les ventes continuent.',
  },
  NoCardInTime: {
    title: 'Aucune carte n’est venue',
    state: 'Rien n’a été enregistré.',
    remedy: 'Recommencez, puis posez la carte sur le lecteur.',
  },
  Cancelled: {
    title: 'Vente annulée',
    state: 'Rien n’a été enregistré, aucune carte n’a changé.',
    remedy: 'Tapez un montant pour la vente suivante.',
  },
  CardNotOurs: {
    title: 'Ce n’est pas une carte de fidélité',
    state: 'Rien n’a été écrit dessus, rien n’a été ajouté.',
    remedy: 'Demandez au client sa carte de fidélité.',
  },
  CardOfAnotherNetwork: {
    title: 'Cette carte est celle d’un autre réseau',
    state: 'Rien n’a été écrit dessus, rien n’a été ajouté.',
    remedy: 'Demandez au client sa carte de votre réseau.',
  },
  CardNotPrepared: {
    title: 'Cette carte est vierge',
    state: 'Rien n’a été écrit dessus, rien n’a été ajouté.',
    remedy: 'Prenez une carte préparée par le réseau.',
  },
  CardNewInShop: {
    title: 'Cette carte n’est pas encore ouverte dans votre boutique',
    state: 'Rien n’a été ajouté.[ Carte {cardNumber}.]',
    remedy: 'Servez le client sans points. Le réseau ouvre la carte pour votre boutique.',
  },
  CardBlocked: {
    title: 'Cette carte est bloquée',
    state: 'Rien n’a été ajouté.[ Carte {cardNumber}.]',
    remedy: 'Rendez-la au client. Le réseau peut lui en dire la raison.',
  },
  CardKeysChanged: {
    title: 'Cette carte ne répond plus aux clés de votre boutique',
    state: 'Rien n’a été écrit dessus, rien n’a été ajouté.',
    remedy: 'Essayez une fois encore. Si ce message revient, la carte est à remplacer.',
  },
  CardChanged: {
    title: 'Une autre carte a pris la place de la première',
    state: 'Rien n’a été écrit sur la seconde.[ Première carte : {cardNumber}.]',
    remedy: 'Reposez la première carte.',
  },
  CardRemoved: {
    title: 'Carte retirée trop tôt',
    state: 'Rien n’a été débité ni ajouté.',
    remedy: 'Recommencez, et laissez la carte jusqu’au bip.',
  },
  CardFault: {
    title: 'La carte répond mal',
    state: 'Rien n’a été ajouté.',
    remedy: 'Reposez-la bien à plat. Si ce message revient, la carte est à remplacer.',
  },
  CardQuarantined: {
    title: 'Cette carte attend une vérification',
    state: 'Son contenu et le journal diffèrent. Rien n’a été ajouté.[ Carte {cardNumber}.]',
    remedy: 'Prévenez un responsable : il compare les deux.',
  },
  CardFull: {
    title: 'Cette carte est pleine',
    state: 'Elle ne peut pas recevoir votre boutique. Rien n’a été changé.[ Carte {cardNumber}.]',
    remedy: 'Remplacez-la par une carte neuve : les soldes suivent.',
  },
  CardOfOlderLayout: {
    title: 'Cette carte est d’un ancien modèle',
    state: 'Elle ne sait pas vérifier un code sans réseau. Rien n’a été changé.[ Carte {cardNumber}.]',
    remedy: 'Recommencez avec le réseau, ou remplacez la carte.',
  },
  CardOfTraining: {
    title: 'Carte de formation',
    state: 'Rien n’a été enregistré.',
    remedy: 'Les cartes de formation ne servent qu’en mode formation, et les vraies qu’en dehors.',
  },
  CardNotReplaceable: {
    title: 'Cette carte ne peut pas être remplacée ainsi',
    state: 'Rien n’a été changé.[ Carte {cardNumber}.]',
    remedy:
      'Vérifiez les deux numéros : l’ancienne doit exister, la nouvelle être active. Une carte déjà remplacée reste hors service.',
  },
  CardNumberUnknown: {
    title: 'Aucune carte du réseau ne porte ce numéro',
    state: 'Rien n’a été changé.[ Carte {cardNumber}.]',
    remedy: 'Relisez le numéro imprimé sur la carte.',
  },
  CardNumberInvalid: {
    title: 'Ce numéro de carte est mal tapé',
    state: 'Rien n’a été changé.',
    remedy: 'Tapez les dix chiffres imprimés sur la carte.',
  },
  CardNumberTaken: {
    title: 'Ce numéro est celui d’une autre carte',
    state: 'Rien n’a été changé.[ Numéro {cardNumber}.]',
    remedy: 'Tapez le numéro imprimé sur cette carte même.',
  },
  CardNotBlank: {
    title: 'Cette carte a déjà un numéro',
    state: 'Rien n’a été changé.[ Son numéro : {cardNumber}.]',
    remedy: 'Délivrez-la sans taper de numéro, ou prenez une carte vierge.',
  },
  NoCardsInStock: {
    title: 'Plus de numéros de carte pour votre boutique',
    state: 'Rien n’a été changé.',
    remedy: 'Commandez un lot de cartes au réseau.',
  },
  CardTorn: {
    title: 'Carte retirée trop tôt',
    state: 'La vente est gardée.[ Carte {cardNumber}.]',
    remedy: 'Reposez la même carte. Sinon elle est mise à jour à son prochain passage.',
  },
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
  DiskFull: {
    title: 'Le disque de ce PC est plein',
    state: 'L’opération n’est pas enregistrée, la carte n’a pas changé.',
    remedy: 'Libérez de la place, puis recommencez.',
  },
  StoreCorrupt: {
    title: 'Le fichier de la caisse est endommagé[ : {file}]',
    state: 'Il reste tel quel, pour que rien ne se perde.',
    remedy: 'Gardez ce dossier tel quel et appelez l’assistance.',
  },
  StoreTooNew: {
    title: 'Ces données viennent d’une version plus récente[ : {file}]',
    state: 'Elles restent telles quelles.',
    remedy: 'Installez la dernière version de Comptoir sur ce PC.',
  },
  KeysUnreadable: {
    title: 'Les clés de cette caisse sont illisibles',
    state: 'Rien n’a été changé.',
    remedy: 'Ouvrez Comptoir avec le même compte de ce PC que d’habitude, ou appelez l’assistance.',
  },
  DataFolderInUse: {
    title: 'Un autre Comptoir utilise déjà ces données',
    state: 'Celui-ci n’a rien changé.',
    remedy: 'Utilisez la fenêtre déjà ouverte, ou fermez l’autre d’abord.',
  },
  DataFolderUnusable: {
    title: 'Ce dossier ne peut pas être écrit[ : {folder}]',
    state: 'Rien n’a été changé[ ({code})].',
    remedy: 'Donnez à votre compte le droit d’y écrire, ou nommez un autre dossier avec --data.',
  },
  ProgramDidNotStart: {
    title: 'Une partie de Comptoir n’a pas démarré[ : {what}]',
    state: 'Les données restent telles quelles.',
    remedy: 'Recommencez. Si cela se répète, envoyez les lignes ci-dessus à l’assistance.',
  },
  ProgramFault: {
    title: 'Le programme a rencontré une erreur, notée dans son journal technique',
    state: 'Rien n’a été enregistré.',
    remedy: 'Recommencez. Si ce message revient, appelez l’assistance.',
  },
  ServiceGone: {
    title: 'Le service Comptoir s’est arrêté en chemin',
    state: 'Ce qu’il avait enregistré est gardé. On ne sait pas si cette opération l’était.',
    remedy: 'Relancez-le, puis regardez « comptoir journal list » avant de recommencer.',
  },
  BackupExists: {
    title: 'Ce fichier existe déjà[ : {file}]',
    state: 'Il reste tel quel ; aucune sauvegarde n’a été faite.',
    remedy: 'Donnez un autre nom à la sauvegarde.',
  },
  BackupNotWritten: {
    title: 'La sauvegarde ne peut pas être écrite[ : {file}]',
    state: 'Rien n’a été laissé à cette place[ ({code})].',
    remedy: 'Vérifiez que le dossier existe et que la clé ou le disque est branché, puis recommencez.',
  },
  BackupNotRead: {
    title: 'La sauvegarde ne peut pas être lue[ : {file}]',
    state: 'Les données de ce poste n’ont pas changé[ ({code})].',
    remedy: 'Vérifiez le nom du fichier et que la clé ou le disque est branché.',
  },
  BackupUnreadable: {
    title: 'Ce fichier n’est pas une sauvegarde entière[ : {file}]',
    state: 'Les données de ce poste n’ont pas changé[ ({why})].',
    remedy: 'Prenez une autre sauvegarde.',
  },
  BackupOfAnotherTill: {
    title: 'Cette sauvegarde est celle d’une autre caisse, dont les clés ne sont pas sur ce poste',
    state:
      'Les données de ce poste n’ont pas changé. Le serveur garde tout ce que l’autre caisse a envoyé[ ; {unsent} {unsent|écriture ne l’était|écritures ne l’étaient} pas encore].',
    remedy: 'Faites de ce poste une nouvelle caisse : demandez un code au bureau, puis « comptoir enrol ».',
  },
  BackupFaulty: {
    title: 'Le journal de cette sauvegarde ne concorde pas[ à l’opération {entry}]',
    state: 'Les données de ce poste n’ont pas changé.',
    remedy: 'Prenez une autre sauvegarde, et gardez celle-ci pour l’assistance.',
  },
  JournalFaulty: {
    title: 'Le journal ne concorde pas[ à l’opération {entry}]',
    state: 'Aucune opération n’est effacée ni changée.[ {count} {count|écart|écarts} en tout.]',
    remedy: 'Gardez ce PC tel quel et appelez l’assistance.',
  },
  NotSimulated: {
    title: 'Les appareils de cette caisse sont réels',
    state: 'Rien n’a été simulé.',
    remedy: 'Passez aux appareils simulés, puis recommencez.',
  },
  CentralUnreachable: {
    title: 'Le serveur ne répond pas',
    state: 'Rien n’est perdu : les opérations sont gardées ici.',
    remedy: 'Continuez à vendre. L’envoi reprend seul.',
  },
  CentralRefused: {
    title: 'Le serveur refuse l’envoi[ : {why}]',
    state: 'Rien n’est perdu : les opérations sont gardées ici.',
    remedy: 'Continuez à vendre et appelez l’assistance.',
  },
  EnrolmentFailed: {
    title: 'L’enrôlement n’a pas abouti[ : {why}]',
    state: 'Ce PC n’est toujours pas une caisse. Rien n’a été changé.',
    remedy: 'Vérifiez l’adresse du serveur et la ligne, puis recommencez.',
  },
  AlreadyEnrolled: {
    title: 'Ce poste est déjà une caisse',
    state: 'Rien n’a changé : son journal reste celui de sa boutique.',
    remedy: 'Pour une autre caisse, utilisez un autre dossier avec --data.',
  },
  EnrolmentCodeInvalid: {
    title: 'Ce code d’enrôlement n’est pas valable',
    state: 'Ce poste n’est pas encore une caisse.',
    remedy: 'Un code sert une fois et expire : demandez-en un nouveau au responsable.',
  },
  TerminalRevoked: {
    title: 'Le réseau a retiré cette caisse',
    state: 'Son journal est gardé. Elle ne vend plus.',
    remedy: 'Appelez le réseau.',
  },
  TerminalQuarantined: {
    title: 'Le serveur garde cette caisse à part',
    state: 'Deux journaux portent le même numéro. Les opérations sont gardées ici.',
    remedy: 'Appelez le réseau : une personne compare les deux.',
  },
  SyncTimeout: {
    title: 'L’envoi n’est pas terminé',
    state: '[{unsent} {unsent|opération reste|opérations restent} à envoyer. ]Rien n’est perdu.',
    remedy: 'L’envoi continue seul. Le compteur « à envoyer » dit où il en est.',
  },
} satisfies ErrorWords;
