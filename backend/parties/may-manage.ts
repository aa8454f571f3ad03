import type { Role } from '#contract/till/state.ts';

/** Who runs a shop in the office: its manager, and the network's administrator. The others who may enter look on. */
export const mayManage = (role: Role): boolean => role === 'manager' || role === 'network-admin';
