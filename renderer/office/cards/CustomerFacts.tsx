import type { Customer } from '#contract/central/office-cards.ts';
import { birthdayText } from './birthday.ts';
import { useCardWords } from './words.ts';

/** The holder for one who may look and not change. */
export function CustomerFacts({ customer }: { customer: Customer | null }) {
  const { t } = useCardWords();
  const { customer: words } = t;
  const known = customer ? [customer.name, birthdayText(customer.birthday), customer.phone, customer.email] : [];
  const facts = known.filter((fact): fact is string => fact !== null && fact !== '');
  return (
    <section className="panel form">
      <h2>{words.title}</h2>
      {facts.length === 0 ? <p>{t.anonymous}</p> : facts.map((fact) => <p key={fact}>{fact}</p>)}
      <p className="hint">{words.lookOnly}</p>
    </section>
  );
}
