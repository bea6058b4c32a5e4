import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '@/shell/app';
import './shell/shell.css';

const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);

// Pages that were opened once open again without a network; marks wait in the
// browser until there is one.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/console/sw.js', { scope: '/console/' });
}
