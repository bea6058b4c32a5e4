import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '@/shell/app';
import './shell/shell.css';

const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);

// Pages that were opened once open again without a network; marks wait in the
// browser until there is one. What that takes is fetched when the page stands,
// so that it is not waited for.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  const register = () => setTimeout(() => { navigator.serviceWorker.register('/console/sw.js', { scope: '/console/' }).catch(() => undefined); }, 1500); // forbidden or full: pages need a network
  if (document.readyState === 'complete') register();
  else addEventListener('load', register);
}
