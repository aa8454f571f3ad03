import { z } from 'zod';
import { StaffMember } from './state.ts';

const Secret = z.string().regex(/^[0-9a-f]{32}$/);

/**
 * What a demonstration's launcher hands to its resident service, in a file that its owner alone may read, never over a network:
 * where the server is, who the staff are, and the network's card keys, with which the tray of simulated cards is made.
 */
export const DemoSetup = z.object({
  centralUrl: z.string(),
  officeUrl: z.string(),
  enrolmentCode: z.string(),
  /** For one more till, shown to the person. */
  sampleEnrolmentCode: z.string().nullable(),
  staff: z.array(StaffMember.extend({ pin: z.string() })),
  /** For practising: blank cards that are blank again at each start. */
  freshBlanks: z.boolean().optional(),
  cards: z.object({
    networkId: z.int(),
    network: z.object({ piccMasterKey: Secret, defaultMasterKey: Secret, networkMasterKey: Secret }),
    shop: z.object({ number: z.int(), keys: z.tuple([Secret, Secret, Secret, Secret]) }),
  }),
});
export type DemoSetup = z.infer<typeof DemoSetup>;
