export { findCredentials, keychainFor } from './find-credentials.ts';
export type { Environment } from './environment.ts';
export { noKeychain, type Keychain } from './keychain.ts';
export type { CredentialSource, FoundCredentials, KlingCredentials } from './kling-credentials.ts';
export { listCredentials, removeCredentials, saveCredentials } from './manage-credentials.ts';
export { maskSecret } from './mask-secret.ts';
