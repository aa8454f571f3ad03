import { errors } from './fr/errors.ts';
import { lamps } from './fr/lamps.ts';
import { office } from './fr/office.ts';
import { officeDays } from './fr/office-days.ts';
import { officeForm } from './fr/office-form.ts';
import { officeProgramme } from './fr/office-programme.ts';
import { officeSettings } from './fr/office-settings.ts';
import { officeShop } from './fr/office-shop.ts';
import { officeStock } from './fr/office-stock.ts';
import { portal } from './fr/portal.ts';
import { till } from './fr/till.ts';
import { approval } from './fr/till-approval.ts';
import { close } from './fr/till-close.ts';
import { training } from './fr/till-training.ts';

/** Everything the product says in French. */
export const fr = {
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
