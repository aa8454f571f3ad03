import { hash, verify } from '@node-rs/argon2';

/** Argon2id as OWASP's cheat sheet sets it (19 MiB, 2 passes, 1 lane), in PHC text. The till checks PINs with the same. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

export const passwordMatches = (phc: string, password: string): Promise<boolean> => verify(phc, password);
