import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { composePortal } from './compose.ts';
import { PortalContext } from './portal.ts';

createRoot(document.getElementById('root')!).render(
  <PortalContext value={composePortal(window)}>
    <App />
  </PortalContext>,
);
