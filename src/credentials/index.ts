export { findCredentials, keychainFor, type CredentialPlaces } from './find-credentials.ts';
export type { Environment } from './environment.ts';
export { noKeychain, systemKeychain, type Keychain, type KeychainRefusal } from './keychain.ts';
export type { CredentialSource, FoundCredentials, KlingCredentials, ListedCredentials } from './kling-credentials.ts';
export { listCredentials, removeCredentials, saveCredentials } from './manage-credentials.ts';
export { maskSecret } from './mask-secret.ts';
