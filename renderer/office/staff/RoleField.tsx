import { type ShopRole, shopRoles } from '#contract/central/office-staff.ts';
import { useShopWords } from '../lists/words.ts';

export function RoleField({ role, onChange }: { role: ShopRole; onChange: (role: ShopRole) => void }) {
  const { t } = useShopWords();
  return (
    <label className="field">
      <span>{t.staff.role}</span>
      <select className="input" value={role} onChange={(event) => onChange(event.target.value as ShopRole)}>
        {shopRoles.map((each) => (
          <option key={each} value={each}>
            {t.staff.roles[each]}
          </option>
        ))}
      </select>
    </label>
  );
}
