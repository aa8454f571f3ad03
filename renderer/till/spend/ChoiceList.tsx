import { formatAmount, formatInteger } from '#contract/money/index.ts';
import type { CardView } from '#contract/till/loyalty.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { Action, KeyCap, keepFocus } from '../frame/Action.tsx';
import { useKeys } from '../keyboard/useKeys.ts';
import type { Choice } from '../sale/sale.ts';
import { useTillView, useWords } from '../useTill.ts';

/** Nine have a digit of their own; what comes after is reached by touch and by arrows. */
const withKey = 9;

type Props = {
  card: CardView;
  choices: Choice[];
  chosen: Choice | null;
  onChoose: (index: number) => void;
  /** Whether fewer points as money can be taken than now. */
  mayLess: boolean;
  onSteps: (by: number) => void;
};

/** The balance, and what it buys: each line its digit, its price and what is missing. */
export function ChoiceList({ card, choices, chosen, onChoose, mayLess, onSteps }: Props) {
  const { t, say, language } = useWords();
  const balance = card.balances[0]?.balance ?? 0;
  const most = card.spendable.money;
  const at = chosen ? choices.indexOf(chosen) : 0;
  const move = (by: number) => onChoose(Math.min(Math.max(at + by, 0), choices.length - 1));
  useKeys('screen', {
    digit: (digit) => {
      const index = Number(digit) - 1;
      if (index >= 0 && index < Math.min(choices.length, withKey)) onChoose(index);
    },
    keys: { ArrowDown: () => move(1), ArrowUp: () => move(-1) },
  });
  return (
    <section className="eye panel bal spend">
      <div className="holder">
        <b>{say(t.result.card, { cardNumber: card.cardNumber })}</b>
        <span className="t2">
          {t.card.balanceHere}{' '}
          <b data-figure="balance">
            {formatInteger(balance, language)} {t.result.points}
          </b>
        </span>
      </div>
      <h1 className="title">{t.spend.choose}</h1>
      {choices.length === 0 ? (
        <div className="empty">
          <b>{t.spend.nothing}</b>
          <p>{t.spend.nothingDetail}</p>
        </div>
      ) : null}
      <ul className="choices">
        {choices.map((choice, index) => (
          <li key={choice.what.kind === 'gift' ? choice.what.gift : 'money'}>
            <Line
              choice={choice}
              balance={balance}
              keyName={index < withKey ? String(index + 1) : null}
              pressed={choice === chosen}
              onPress={() => onChoose(index)}
            />
            {choice.name === null && most ? (
              <div className="row">
                <Action kind="small quiet" keyName="-" onPress={() => onSteps(-1)} disabled={!mayLess}>
                  {t.spend.less}
                </Action>
                <Action
                  kind="small quiet"
                  keyName="+"
                  onPress={() => onSteps(1)}
                  disabled={choice.points >= most.points}
                >
                  {t.spend.more}
                </Action>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

type LineProps = { choice: Choice; balance: number; keyName: string | null; pressed: boolean; onPress: () => void };

function Line({ choice, balance, keyName, pressed, onPress }: LineProps) {
  const { t, say, language } = useWords();
  const currency = useTillView((view) => view.state?.currency ?? 'XOF');
  const missing = Math.max(0, choice.points - balance);
  const name = choice.name?.[language] ?? `${t.spend.money}, ${formatAmount(choice.amountMinor, currency, language)}`;
  return (
    <button
      type="button"
      className="choice"
      aria-pressed={pressed}
      aria-keyshortcuts={keyName ?? undefined}
      data-missing={missing > 0 || undefined}
      onClick={onPress}
      onMouseDown={keepFocus}
    >
      <Icon name={choice.name ? 'gift' : 'card'} />
      <b>{name}</b>
      <span className="fig">{say(t.spend.points, { points: formatInteger(choice.points, language) })}</span>
      <span className="t2">
        {missing > 0 ? say(t.spend.missing, { missing: formatInteger(missing, language) }) : ''}
      </span>
      {keyName ? <KeyCap name={keyName} /> : null}
    </button>
  );
}
