import type { Generated } from 'kysely';
import type { ShopSettings } from '#contract/loyalty/shop-settings.ts';
import type { CurrencyCode, Language } from '#contract/money/index.ts';
import type { Role } from '#contract/till/state.ts';
import type { Json } from './json.ts';

/* Networks and shops, their people, and what lets people and programs in. */

export type Networks = {
  network_id: number;
  name: string;
  card_secret: Buffer;
  /** May a factory-fresh card, whose keys are public, be prepared at a till? */
  may_prepare: Generated<boolean>;
};

export type Tenants = {
  tenant_id: string;
  network_id: number;
  number: number;
  name: string;
  address: string;
  currency: CurrencyCode;
  ticket_language: Language;
  time_zone: string;
  feed_cursor: Generated<number>;
};

export type Staff = {
  tenant_id: string;
  code: string;
  name: string;
  role: Role;
  pin_hash: string;
  active: Generated<boolean>;
  badge_hash: Generated<string | null>;
};

export type OfficeAccounts = { login: string; tenant_id: string; code: string; password_hash: string };

export type Sessions = { token_hash: string; tenant_id: string; code: string; expires_at: Date };

export type SignInThrottles = { bucket: string; attempts: number; window_ends_at: Date };

export type ApiKeys = {
  token_hash: string;
  tenant_id: string;
  key_id: string;
  name: string;
  begins: string;
  made_by: string;
  made_at: Date;
  expires_at: Date;
  used_at: Generated<Date | null>;
  revoked_at: Generated<Date | null>;
  requests: Generated<number>;
  window_ends_at: Date;
};

export type ExportLinks = { token_hash: string; tenant_id: string; wanted: Json<unknown>; expires_at: Date };

export type ShopSettingsVersions = {
  tenant_id: string;
  version: number;
  settings: Json<ShopSettings>;
  changed_at: Date;
  changed_by: string;
};

export type ServerKeys = { purpose: string; sealed: Buffer };
