/** What the server takes (contract/central/office-staff.ts), said before it is sent. */
export const pinForm = /^\d{6,12}$/;
export const shortestPassword = 10;
export const shortestBadge = 4;
