import type { OfficeStaff } from '#contract/central/office-staff.ts';

/** What each form of a person's page is given. `pin`: one that was drawn, to be shown once. */
export type PersonForm = { member: OfficeStaff; onChanged: (pin?: string | null) => void };
