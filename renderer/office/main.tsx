import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { composeOffice } from './compose.ts';
import { OfficeContext } from './office.ts';

createRoot(document.getElementById('root')!).render(
  <OfficeContext value={composeOffice(window)}>
    <App />
  </OfficeContext>,
);
