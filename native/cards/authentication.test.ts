import { describe, expect, it } from 'vitest';
import { AesAuthentication, LegacyAuthentication } from './authentication.ts';
import { fromHex, hex, zeros } from './bytes.ts';

/*
 * Traces of real cards. AES: a DESFire EV1, published by Elmue with the article "DIY electronic RFID door lock with battery
 * backup" (Code Project, 2017). Legacy: with the factory key, from mifare.net's support forum, reply 12600.
 */

describe('AES authentication, as a real card did it', () => {
  const key = zeros(16);
  const challenge = fromHex('B969FDFE56FD91FC9DE6F6F213B8FD1E');
  const rndA = fromHex('F44B26F5686F3A391CD38EBD10772281');
  const proof = fromHex('800DB680BC146BD121D6578F2D2E2059');

  const authentication = new AesAuthentication(key, rndA);
  const ours = authentication.answer(challenge);

  it('[T26] makes the token the card accepted', () => {
    expect(hex(ours.token)).toBe('36aad7df6e436ba08d18613830a70d5ad43e3d3f4a8d47541eee623a934e4774');
  });

  it('[T26] knows the proof that the card gave', () => {
    expect(authentication.expect(ours).isProof(proof)).toBe(true);
    expect(authentication.expect(ours).isProof(proof.with(5, 0))).toBe(false);
  });
});

describe('legacy authentication, as a real card did it', () => {
  const authentication = new LegacyAuthentication(zeros(16), fromHex('B0A6405F57794A93'));
  const ours = authentication.answer(fromHex('57B0C35A080AE608'));

  it('[T26] makes the token the card accepted', () => {
    expect(hex(ours.token)).toBe('5bd89f653176ae3a7a1128c9d4035129');
  });

  it('[T26] knows the proof that the card gave', () => {
    const { isProof } = authentication.expect(ours);
    expect([isProof(fromHex('B53BF499FEAC13E4')), isProof(fromHex('B53BF499FEAC13E5'))]).toEqual([true, false]);
  });
});
