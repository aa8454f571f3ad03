import type { ErrorWords } from '../words.ts';

/** Refusals of the program: its data, its journal, its backups and its server. */
export const serviceErrors = {
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
} satisfies Partial<ErrorWords>;
