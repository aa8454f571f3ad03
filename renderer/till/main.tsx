import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { composeCounter } from './compose.ts';
import { CounterContext } from './counter.ts';
import { Failure } from './frame/Failure.tsx';

const counter = composeCounter(window);
createRoot(document.getElementById('root')!).render(
  <Failure>
    <CounterContext value={counter}>
      <App />
    </CounterContext>
  </Failure>,
);
