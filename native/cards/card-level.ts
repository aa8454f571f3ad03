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

/** `fresh`: prepared just now, so nothing stands on it. */
type Entered = Promise<Result<{ fresh: boolean }, CardLevelRefusal | CardError>>;

/** Selects the card's own level and authenticates with this card's master key. Three exchanges. */
export async function openCardLevel(card: Desfire, uid: Uint8Array, network: NetworkKeys): CardResult<void> {
  const selected = await selectApplication(card, PICC);
  return selected.ok ? card.authenticateAes(MASTER, piccKey(network, uid)) : selected;
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
  const selected = await selectApplication(card, PICC);
  if (!selected.ok) return selected;
  if (wanted.mayPrepare) {
    const factory = await isFactoryFresh(card);
    if (!factory.ok) return factory;
    if (factory.value) return takeIn(card, wanted.uid, wanted.network);
  }
  const ours = await card.authenticateAes(MASTER, piccKey(wanted.network, wanted.uid));
  if (ours.ok) return finishPreparing(card, wanted.uid, wanted.network);
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

async function takeIn(card: Desfire, uid: Uint8Array, network: NetworkKeys): Entered {
  const key = piccKey(network, uid);
  const changed = await changeFactoryKeyToAes(card, { key, version: KEY_VERSION });
  if (!changed.ok) return changed;
  const opened = await card.authenticateAes(MASTER, key);
  if (!opened.ok) return opened;
  const prepared = await setDefaults(card, uid, network);
  return prepared.ok ? ok({ fresh: true }) : prepared;
}

/** The settings change last: as long as they are the factory's, the preparing was torn. */
async function finishPreparing(card: Desfire, uid: Uint8Array, network: NetworkKeys): Entered {
  const settings = await getKeySettings(card);
  if (!settings.ok) return settings;
  if (settings.value.settings === GUARDED) return ok({ fresh: false });
  const prepared = await setDefaults(card, uid, network);
  return prepared.ok ? ok({ fresh: false }) : prepared;
}

async function setDefaults(card: Desfire, uid: Uint8Array, network: NetworkKeys): CardResult<void> {
  const defaults = await setDefaultKey(card, { key: defaultKey(network, uid), version: 0 });
  return defaults.ok ? changeKeySettings(card, GUARDED) : defaults;
}
