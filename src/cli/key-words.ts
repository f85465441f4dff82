import { KlingError } from '../kling/index.ts';
import type { ClipGenerationOrchestrator } from '../generation/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { Studio, StudioKey } from '../studio.ts';
import type { Locale } from './locale.ts';
import { unlessStopped, type Session } from './session.ts';

interface Words {
  kind: Readonly<Record<StudioKey['kind'], string>>;
  from: (key: StudioKey) => string;
  refused: (key: string) => string;
  askedWith: (key: string) => string;
  replace: (key: StudioKey) => string;
}

const variables = ({ kind }: StudioKey) => (kind === 'api-key' ? ['KLING_API_KEY'] : ['KLING_ACCESS_KEY', 'KLING_SECRET_KEY']);

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    kind: { 'api-key': 'the API key', 'key-pair': 'the access key and secret key' },
    from: (key) => ({ environment: `${variables(key).join(' and ')} in the environment`, keychain: 'the keychain', file: 'the key file in the home' })[key.source],
    refused: (key) => `Kling refuses ${key}.`,
    askedWith: (key) => `Kling was asked with ${key}.`,
    replace: (key) => (key.source === 'environment' ? `To use another: set ${variables(key).join(' and ')} anew, or unset ${key.kind === 'api-key' ? 'it' : 'them'} to use a stored key.` : 'To use another: directorstudio keys set'),
  },
  de: {
    kind: { 'api-key': 'den API-Schlüssel', 'key-pair': 'das Schlüsselpaar' },
    from: (key) => ({ environment: `${variables(key).join(' und ')} in der Umgebung`, keychain: 'dem Schlüsselbund', file: 'der Schlüsseldatei im Ordner für Filme und Clips' })[key.source],
    refused: (key) => `Kling lehnt ${key} ab.`,
    askedWith: (key) => `Kling wurde gefragt; der Schlüssel: ${key}.`,
    replace: (key) => (key.source === 'environment' ? `Einen anderen nehmen: ${variables(key).join(' und ')} neu setzen, oder entfernen und einen aufbewahrten nehmen.` : 'Einen anderen nehmen: directorstudio keys set'),
  },
};

/** `the API key from the keychain (https://api-singapore.klingai.com)`; never the key itself. */
export function keyWords(key: StudioKey, locale: Locale): string {
  const { kind, from } = WORDS[locale];
  return `${kind[key.kind]} ${locale === 'de' ? 'aus' : 'from'} ${from(key)} (${key.baseUrl})`;
}

/** Before an error that is about the key or its account: which key that was, and how to use another. */
export function sayWhichKey(session: Session, studio: Studio, error: unknown): void {
  if (!studio.key || !isAboutKey(error)) return;
  const { refused, askedWith, replace } = WORDS[session.locale];
  const key = keyWords(studio.key, session.locale);
  // An account without money has the right key.
  session.tell(error.action === 'renew' ? `${refused(key)} ${replace(studio.key)}` : askedWith(key));
}

/** Kling's answer was about the key or its account, not about the moment. */
export function isAboutKey(error: unknown): error is KlingError {
  return error instanceof KlingError && (error.action === 'renew' || error.action === 'stop-account');
}

/** The orchestrator of an engine; a stop ends the wait for it. Where Kling refuses the key, which one that was is said. */
export async function openOrchestrator(session: Session, studio: Studio, engine: Engine): Promise<ClipGenerationOrchestrator> {
  try {
    return await unlessStopped(session, studio.orchestrator(engine));
  } catch (error) {
    sayWhichKey(session, studio, error);
    throw error;
  }
}
