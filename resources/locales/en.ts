import { errors } from './en/errors.ts';
import { lamps } from './en/lamps.ts';
import { office } from './en/office.ts';
import { officeDays } from './en/office-days.ts';
import { officeForm } from './en/office-form.ts';
import { officeProgramme } from './en/office-programme.ts';
import { officeSettings } from './en/office-settings.ts';
import { officeShop } from './en/office-shop.ts';
import { officeStock } from './en/office-stock.ts';
import { portal } from './en/portal.ts';
import { till } from './en/till.ts';
import { approval } from './en/till-approval.ts';
import { close } from './en/till-close.ts';
import { training } from './en/till-training.ts';
import type { fr } from './fr.ts';

/** Everything the product says in English: the same shape as the French, checked by the compiler. */
export const en: typeof fr = {
  errors,
  lamps,
  till,
  approval,
  close,
  training,
  office,
  officeShop,
  officeDays,
  portal,
  officeStock,
  officeForm,
  officeProgramme,
  officeSettings,
};
