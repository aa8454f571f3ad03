import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { uuidV7 } from '#contract/ids/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { fileKeyStore, keysFolderOf, openKeys } from '../keys/index.ts';
import { storeRefusal } from '../loyalty/refusals.ts';
import type { Service } from '../service.ts';
import { openStore } from '../store/index.ts';
import { shiftable } from '../system-clock.ts';
import type { ComposeError, World } from '../world.ts';
import { installTraining, type Likeness, trainingSetup } from './install.ts';
import { standInKey, trainingFolderOf, trainingSecrets } from './secrets.ts';

type Compose = (world: World) => Promise<Result<Service, ComposeError>>;

/** The training till of an installation, made when somebody first enters it. */
export class TrainingTill {
  readonly #world: World;
  readonly #like: () => Likeness | null;
  readonly #compose: Compose;
  #service: Promise<Result<Service, TillError>> | null = null;

  /** @param like the live till; null until it is enrolled and has its programme */
  constructor(world: World, like: () => Likeness | null, compose: Compose) {
    this.#world = world;
    this.#like = like;
    this.#compose = compose;
  }

  /** Errors: NotEnrolled, DiskFull and what else keeps a store from opening. A failed start is tried again. */
  async service(): Promise<Result<Service, TillError>> {
    this.#service ??= this.#start();
    const started = await this.#service;
    if (!started.ok) this.#service = null;
    return started;
  }

  async #start(): Promise<Result<Service, TillError>> {
    const live = this.#like();
    if (!live) return err(tillError('NotEnrolled'));
    const { randomBytes, clock } = this.#world;
    const dataDir = trainingFolderOf(this.#world.dataDir);
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const secrets = trainingSecrets(dataDir, () => uuidV7(clock.wallMs(), randomBytes(10)), randomBytes);
    const installed = await this.#install(dataDir, secrets, live);
    if (!installed.ok) return installed;
    const composed = await this.#compose({
      ...this.#world,
      dataDir,
      clock: shiftable(clock),
      keyStore: null,
      fetch: () => Promise.reject(new TypeError('a training till has no server')),
      demo: trainingSetup(secrets, live),
      training: { sign: standInKey(secrets).sign },
    });
    if (composed.ok) return composed;
    return err(tillError(composed.error.type));
  }

  async #install(
    dataDir: string,
    secrets: ReturnType<typeof trainingSecrets>,
    live: Likeness,
  ): Promise<Result<void, TillError>> {
    const { randomBytes, pid } = this.#world;
    const keys = await openKeys({ dataDir, keyStore: fileKeyStore(keysFolderOf(dataDir)), randomBytes });
    if (!keys.ok) return err(tillError('KeysUnreadable', { cause: keys.error.type }));
    const store = openStore({ path: join(dataDir, 'till.db'), pid });
    if (!store.ok) return err(tillError(store.error.type));
    const installed = installTraining(store.value, keys.value, secrets, live);
    store.value.close();
    return installed.ok ? ok(undefined) : err(storeRefusal(installed.error as Parameters<typeof storeRefusal>[0]));
  }

  async close(): Promise<void> {
    const started = await this.#service;
    if (started?.ok) await started.value.close();
  }
}
