import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { Tooltip } from 'radix-ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiFailure } from './api/call.ts';
import { AnnouncerProvider } from './app/announcer.tsx';
import { router } from './router.tsx';
import { ShortcutProvider } from './app/shortcuts.tsx';
import { startTheme } from './app/theme.ts';
import { ToastProvider } from './app/toasts.tsx';
import './styles.css';

startTheme();
// Windows over the page hold it still with a style of their own; the server lets that in by this nonce.
setNonce(document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? '');

const client = new QueryClient({
  defaultOptions: {
    // The studio is on this machine: a browser that has no network reaches it all the same.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      // Events say what became old. A question is put again only where the studio was silent.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: (failures, error) => error instanceof ApiFailure && error.code === 'OFFLINE' && failures < 3,
    },
  },
});

const container = document.querySelector('#studio');
if (container) {
  createRoot(container).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Tooltip.Provider delayDuration={400}>
          <ShortcutProvider>
            <AnnouncerProvider>
              <ToastProvider>
                <RouterProvider router={router} />
              </ToastProvider>
            </AnnouncerProvider>
          </ShortcutProvider>
        </Tooltip.Provider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
