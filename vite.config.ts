import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { ROUTES } from './src/protocol/api/index.ts';

/** The page, from web/ to dist/page. scripts/lib/build.mjs runs it. */
export default defineConfig({
  root: 'web',
  plugins: [routeAddresses(), react(), tailwindcss()],
  build: { target: 'es2022', emptyOutDir: true, reportCompressedSize: false, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});

/**
 * `studio:addresses`: method and path of every route. The page needs no more of the route table than that and its types,
 * and the schemas would be a third of its script.
 */
function routeAddresses(): Plugin {
  const addresses = Object.fromEntries(Object.entries(ROUTES).map(([name, { method, path }]) => [name, [method, path]]));
  return {
    name: 'studio:addresses',
    resolveId: (id) => (id === 'studio:addresses' ? `\0${id}` : undefined),
    load: (id) => (id === '\0studio:addresses' ? `export const ADDRESSES = ${JSON.stringify(addresses)};` : undefined),
  };
}
