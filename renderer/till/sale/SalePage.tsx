import { ResultPage } from '../result/ResultPage.tsx';
import { CardPin } from '../spend/CardPin.tsx';
import { useSale } from '../useTill.ts';
import { AmountEye } from './AmountEye.tsx';
import { RefusedEye } from './RefusedEye.tsx';
import { SaleHand } from './SaleHand.tsx';

/** One sale, from the amount to the ticket. The eye reads left, the hand acts right. */
export function SalePage() {
  const sale = useSale();
  if (sale.stage === 'result') return <ResultPage sale={sale} />;
  if (sale.stage === 'pin') return <CardPin sale={sale} />;
  return (
    <>
      {sale.stage === 'refused' ? <RefusedEye sale={sale} /> : <AmountEye sale={sale} />}
      <SaleHand sale={sale} />
    </>
  );
}
