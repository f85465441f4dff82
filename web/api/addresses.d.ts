/** Made from the route table by vite.config.ts. */
declare module 'studio:addresses' {
  export const ADDRESSES: Readonly<Record<import('../../src/protocol/api/index.ts').RouteName, readonly [method: string, path: string]>>;
}
