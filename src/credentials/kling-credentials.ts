/** A key of the Kling API, or the older pair. Never logged; print {@link maskSecret} of it. */
export type KlingCredentials = { apiKey: string } | { accessKey: string; secretKey: string };

export type CredentialSource = 'environment' | 'keychain' | 'file';

export interface FoundCredentials {
  credentials: KlingCredentials;
  /** Where these keys are valid, without a trailing slash; absent: the client's default. `KLING_BASE_URL` wins over a stored one. */
  baseUrl?: string;
  source: CredentialSource;
}

/** What is written to the keychain or the file. */
export interface StoredCredentials {
  credentials: KlingCredentials;
  baseUrl?: string;
}

/** One place that holds keys, as `keys list` shows it. */
export type ListedCredentials = { source: CredentialSource } & (
  | {
      /** True for the one that is used. */
      active: boolean;
      kind: 'api-key' | 'key-pair';
      /** The key made unreadable; of a pair, the access key. */
      masked: string;
      baseUrl?: string;
    }
  /** Why this place could not be read. */
  | { active: false; problem: { code: string; message: string; next?: string } }
);
