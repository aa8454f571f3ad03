import { timingSafeEqual } from 'node:crypto';

/** A page is told its door once; a second use of the same token opens nothing. */
export class LaunchTokens {
  readonly #random: () => string;
  readonly #launches = new Set<string>();
  readonly #bearers: Buffer[] = [];

  constructor(random: () => string) {
    this.#random = random;
  }

  /** A new single-use launch token. The oldest unused ones are forgotten beyond 32. */
  issue(): string {
    const launch = this.#random();
    this.#launches.add(launch);
    const oldest = this.#launches.values().next().value;
    if (this.#launches.size > 32 && oldest) this.#launches.delete(oldest);
    return launch;
  }

  /** Exchanges a launch token for a bearer, and for the next launch token, so that a reload finds its way back. */
  exchange(launch: string): { bearer: string; nextLaunch: string } | null {
    if (!this.#launches.delete(launch)) return null;
    const bearer = this.#random();
    this.admit(bearer);
    return { bearer, nextLaunch: this.issue() };
  }

  /** Lets a bearer in. The oldest of more than 64 must come back with a launch token. */
  admit(bearer: string): void {
    this.#bearers.push(Buffer.from(bearer));
    if (this.#bearers.length > 64) this.#bearers.splice(1, 1);
  }

  admits(bearer: unknown): boolean {
    if (typeof bearer !== 'string') return false;
    const given = Buffer.from(bearer);
    return this.#bearers.some((known) => known.length === given.length && timingSafeEqual(known, given));
  }
}
