import { createBrowserRouter, RouterProvider, type RouteObject } from 'react-router';
import { SessionProvider } from '@/api/session';
import { LanguageProvider } from '@/words/language';
import { areas } from './areas';
import { Broken } from './broken';
import { Frame } from './frame';
import { Missing } from './missing';
import { Look } from './theme';
import { Waiting } from './waiting';

const pages: RouteObject[] = areas.flatMap((a) => a.pages).map((page) => ({
  path: page.path,
  lazy: async () => ({ Component: (await page.load()).default }),
}));

const alone = new Set(['signin']);

const router = createBrowserRouter([{
  errorElement: <Broken />,
  hydrateFallbackElement: <Waiting />,
  children: [
    ...pages.filter((p) => alone.has(p.path ?? '')),
    { element: <Frame />, children: [...pages.filter((p) => !alone.has(p.path ?? '')), { path: '*', Component: Missing }] },
  ],
}], { basename: '/console' });

/** The whole console. */
export function App() {
  return (
    <LanguageProvider>
      <Look>
        <SessionProvider><RouterProvider router={router} /></SessionProvider>
      </Look>
    </LanguageProvider>
  );
}
