import { Verdict } from '#renderer/ui/Verdict.tsx';
import { describeError } from '#resources/locales/describe.ts';
import { toneOf } from '../sale/severity.ts';
import { TapDrawing } from '../sale/TapDrawing.tsx';
import { usePresentDetail } from '../simulator/usePresentDetail.ts';
import { useWords } from '../useTill.ts';
import type { Looking } from './looking.ts';

type Props = { title: string; lay: string; looking: Exclude<Looking, { stage: 'read' }> };

/** The order of the moment while a card is awaited or read, or why it was refused. */
export function CardPrompt({ title, lay, looking }: Props) {
  const { t, language } = useWords();
  const detail = usePresentDetail(lay);
  if (looking.stage === 'refused') {
    const refusal = describeError(language, looking.error);
    return (
      <section className="eye res" data-error={looking.error.type}>
        <Verdict tone={toneOf(looking.error.type)} word={refusal.title} large>
          {`${refusal.state} ${refusal.remedy}`}
        </Verdict>
      </section>
    );
  }
  const reading = looking.stage === 'reading';
  return (
    <section className="eye panel sale">
      <div className="top">
        <h1 className="what">{title}</h1>
      </div>
      <div className="prompt ink" role="status">
        <TapDrawing moving={!reading} />
        <div>
          <h2>{reading ? t.prompt.reading : t.prompt.present}</h2>
          <p>{reading ? t.prompt.readingDetail : detail}</p>
        </div>
      </div>
    </section>
  );
}
