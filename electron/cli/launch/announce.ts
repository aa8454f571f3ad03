import type { DemoSetup } from '#contract/till/demo-setup.ts';
import type { AloneCall } from '../verb.ts';

/** Says that the demonstration is ready: its addresses and, since nothing in it is a secret, its PINs. */
export function announce(call: AloneCall, setup: DemoSetup, tillUrl: string): void {
  const portalUrl = `${setup.centralUrl}/portal/?network=${setup.cards.networkId}`;
  const value = {
    tillUrl,
    officeUrl: setup.officeUrl,
    portalUrl,
    centralUrl: setup.centralUrl,
    data: call.dataDir,
    staff: setup.staff.map(({ code, pin, role }) => ({ code, pin, role })),
    samples: { stamps: [], enrolmentCode: setup.sampleEnrolmentCode },
  };
  if (call.json) return void process.stdout.write(`${JSON.stringify({ ok: true, value })}\n`);
  const staff = setup.staff.map(({ code, name, pin }) => `  ${code.padEnd(16)} ${pin}  ${name}`);
  const lines = (
    {
      fr: ['Caisse', 'Bureau', 'Porteur', 'Données', 'Ctrl C pour arrêter.'],
      en: ['Till', 'Office', 'Holder', 'Data', 'Ctrl C to stop.'],
    } as const
  )[call.language];
  process.stdout.write(
    [
      '',
      `${lines[0].padEnd(9)}${tillUrl}`,
      `${lines[1].padEnd(9)}${setup.officeUrl}`,
      `${lines[2].padEnd(9)}${portalUrl}`,
      `${lines[3].padEnd(9)}${call.dataDir}`,
      '',
      ...staff,
      '',
      lines[4],
      '',
    ].join('\n'),
  );
}
