import { CentralProcess } from '#test/harness/central-process.ts';
import { type Bench, row } from './row.ts';
import { measureSyncDrain } from './sync-drain.ts';

export const drain: Bench = {
  ids: ['sync-drain'],
  async rows() {
    const central = new CentralProcess();
    await central.start();
    try {
      const measured = await measureSyncDrain({ url: central.url, enrolmentCode: central.takeCode() });
      const { id, value, unit, reference } = measured;
      const note =
        'a till sends 10,000 waiting sales to the real server; reference: the same bytes posted to one that forgets them';
      return [row({ id, value, unit, reference, goal: null, note })];
    } finally {
      await central.remove();
    }
  },
};
