import { err, ok, type Result } from '#contract/result/index.ts';
import { GUARDED, PICC, selectApplication } from './applications.ts';
import { defaultKey, type NetworkKeys, piccKey } from './card-keys.ts';
import { FACTORY_KEY } from './crypto/des.ts';
import type { CardResult, Desfire } from './desfire.ts';
import type { CardError } from './errors.ts';
import { changeFactoryKeyToAes, changeKeySettings, getKeySettings, setDefaultKey } from './keys.ts';
import { KEY_VERSION } from './layout.ts';

const MASTER = 0;

export type CardLevelRefusal =
  /** Neither as it left the factory nor ours: its master key is someone else's. */
  | { type: 'MasterKeyForeign' }
  /** As it left the factory, and it may not be prepared here. */
  | { type: 'PreparingNotAllowed' };

/** Of one card: its own master key, and the key with which its new applications are born. */
type CardLevelKeys = { own: Uint8Array; born: Uint8Array };

/** `fresh`: prepared just now, so nothing stands on it. */
type Entered = Promise<Result<{ fresh: boolean }, CardLevelRefusal | CardError>>;

/** Selects the card's own level and authenticates with this card's master key. Three exchanges. */
export async function openCardLevel(card: Desfire, uid: Uint8Array, network: NetworkKeys): CardResult<void> {
  const selecting = selectApplication(card, PICC);
  const key = piccKey(network, uid);
  const selected = await selecting;
  return selected.ok ? card.authenticateAes(MASTER, key) : selected;
}

/**
 * Opens the card's own level with our master key. A card as it left the factory is taken into the network first, where that is
 * allowed: its master key and the key that new applications begin with become its own. Eight exchanges; of a prepared card
 * four, five where a fresh one would have been prepared.
 */
export async function enterCardLevel(
  card: Desfire,
  wanted: { uid: Uint8Array; network: NetworkKeys; mayPrepare: boolean },
): Entered {
  const selecting = selectApplication(card, PICC);
  const keys = { own: piccKey(wanted.network, wanted.uid), born: defaultKey(wanted.network, wanted.uid) };
  const selected = await selecting;
  if (!selected.ok) return selected;
  if (wanted.mayPrepare) {
    const factory = await isFactoryFresh(card);
    if (!factory.ok) return factory;
    if (factory.value) return takeIn(card, keys);
  }
  const ours = await card.authenticateAes(MASTER, keys.own);
  if (ours.ok) return finishPreparing(card, keys);
  if (ours.error.type !== 'AuthenticationFailed') return ours;
  if (wanted.mayPrepare) return err({ type: 'MasterKeyForeign' });
  const factory = await isFactoryFresh(card);
  if (!factory.ok) return factory;
  return err({ type: factory.value ? 'PreparingNotAllowed' : 'MasterKeyForeign' });
}

/** Does the key that every card is sold with still open it? Leaves its session open. */
async function isFactoryFresh(card: Desfire): CardResult<boolean> {
  const factory = await card.authenticateLegacy(MASTER, FACTORY_KEY);
  if (factory.ok) return ok(true);
  return factory.error.type === 'AuthenticationFailed' ? ok(false) : factory;
}

async function takeIn(card: Desfire, keys: CardLevelKeys): Entered {
  const changed = await changeFactoryKeyToAes(card, { key: keys.own, version: KEY_VERSION });
  if (!changed.ok) return changed;
  const opened = await card.authenticateAes(MASTER, keys.own);
  if (!opened.ok) return opened;
  const prepared = await setDefaults(card, keys);
  return prepared.ok ? ok({ fresh: true }) : prepared;
}

/** The settings change last: as long as they are the factory's, the preparing was torn. */
async function finishPreparing(card: Desfire, keys: CardLevelKeys): Entered {
  const settings = await getKeySettings(card);
  if (!settings.ok) return settings;
  if (settings.value.settings === GUARDED) return ok({ fresh: false });
  const prepared = await setDefaults(card, keys);
  return prepared.ok ? ok({ fresh: false }) : prepared;
}

async function setDefaults(card: Desfire, { born }: CardLevelKeys): CardResult<void> {
  const defaults = await setDefaultKey(card, { key: born, version: 0 });
  return defaults.ok ? changeKeySettings(card, GUARDED) : defaults;
}
