import { Component, type ReactNode } from 'react';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { useWords } from '../useTill.ts';

const FailureScreen = () => {
  const { t } = useWords();
  return (
    <div className="lone">
      <Verdict tone="stop" word={t.failure.title}>
        {t.failure.detail}
      </Verdict>
      <button type="button" className="btn primary" onClick={() => location.reload()}>
        <span>{t.failure.reload}</span>
      </button>
    </div>
  );
};

/** A defect in a screen never leaves a white page. */
export class Failure extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <FailureScreen /> : this.props.children;
  }
}
