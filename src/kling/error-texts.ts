import type { KlingErrorCode } from './outcome.ts';

export type KlingLocale = 'en' | 'de';

interface ErrorText {
  /** What happened, one clause without a full stop. */
  what: string;
  /** What to do, in the imperative. */
  next: string;
}

/** Texts for people by code and language. */
export const KLING_ERROR_TEXTS: Readonly<Record<KlingErrorCode, Readonly<Record<KlingLocale, ErrorText>>>> = {
  KLING_REQUEST_INVALID: {
    en: { what: 'Kling can’t serve this request, so it was not sent', next: 'Change what is named and try again.' },
    de: { what: 'Kling kann diese Anfrage nicht bedienen, sie wurde nicht gesendet', next: 'Ändere das Genannte und versuche es erneut.' },
  },
  KLING_UNREACHABLE: {
    en: { what: 'Kling could not be reached', next: 'Check the network and the base URL; nothing was sent.' },
    de: { what: 'Kling war nicht erreichbar', next: 'Prüfe das Netz und die Basisadresse; es wurde nichts gesendet.' },
  },
  KLING_ANSWER_LOST: {
    en: { what: 'The connection to Kling was lost before the answer came', next: 'Look the task up before sending again; it may have been taken.' },
    de: { what: 'Die Verbindung zu Kling ging verloren, bevor die Antwort kam', next: 'Suche die Aufgabe, bevor du erneut sendest; sie kann angenommen sein.' },
  },
  KLING_ANSWER_UNREADABLE: {
    en: { what: 'The answer is not one of Kling’s', next: 'Look the task up before sending again; a proxy may stand in between.' },
    de: { what: 'Die Antwort stammt so nicht von Kling', next: 'Suche die Aufgabe, bevor du erneut sendest; vielleicht steht ein Proxy dazwischen.' },
  },
  KLING_CODE_UNKNOWN: {
    en: { what: 'Kling answered with a code that is not known here', next: 'Look the task up before sending again, and report the code.' },
    de: { what: 'Kling antwortete mit einem hier unbekannten Code', next: 'Suche die Aufgabe, bevor du erneut sendest, und melde den Code.' },
  },
  KLING_AUTHENTICATION_FAILED: {
    en: { what: 'Kling did not accept the credentials', next: 'Check the key; it belongs to one region.' },
    de: { what: 'Kling hat die Zugangsdaten nicht angenommen', next: 'Prüfe den Schlüssel; er gehört zu einer Region.' },
  },
  KLING_AUTHORIZATION_MISSING: {
    en: { what: 'Kling saw no credentials', next: 'Set a key; if one is set, a proxy may take it out.' },
    de: { what: 'Bei Kling kamen keine Zugangsdaten an', next: 'Setze einen Schlüssel; ist einer gesetzt, entfernt ihn vielleicht ein Proxy.' },
  },
  KLING_AUTHORIZATION_INVALID: {
    en: { what: 'Kling does not know this key', next: 'Check that it is whole, not revoked, and of this region’s host.' },
    de: { what: 'Kling kennt diesen Schlüssel nicht', next: 'Prüfe, ob er vollständig, nicht widerrufen und für diese Region ist.' },
  },
  KLING_TOKEN_NOT_YET_VALID: {
    en: { what: 'Kling says the token is not valid yet', next: 'Set this machine’s clock; it runs ahead.' },
    de: { what: 'Für Kling ist das Token noch nicht gültig', next: 'Stelle die Uhr dieses Rechners; sie geht vor.' },
  },
  KLING_TOKEN_EXPIRED: {
    en: { what: 'Kling says the token has expired', next: 'Set this machine’s clock; it runs behind.' },
    de: { what: 'Für Kling ist das Token abgelaufen', next: 'Stelle die Uhr dieses Rechners; sie geht nach.' },
  },
  KLING_ACCOUNT_EXCEPTION: {
    en: { what: 'Kling reports a problem with the account', next: 'Look into Kling’s console.' },
    de: { what: 'Kling meldet ein Problem mit dem Konto', next: 'Sieh in der Konsole von Kling nach.' },
  },
  KLING_ACCOUNT_IN_ARREARS: {
    en: { what: 'The Kling account is in arrears', next: 'Pay the open bill in Kling’s console.' },
    de: { what: 'Das Kling-Konto ist im Rückstand', next: 'Begleiche die offene Rechnung in der Konsole von Kling.' },
  },
  KLING_BALANCE_EMPTY: {
    en: { what: 'The Kling account has no video units left', next: 'Buy an API resource pack; web subscriptions do not count.' },
    de: { what: 'Das Kling-Konto hat keine Videoeinheiten mehr', next: 'Kaufe ein API-Paket; Web-Abos zählen nicht.' },
  },
  KLING_NO_PERMISSION: {
    en: { what: 'The Kling account may not use this model or call', next: 'Ask for it in Kling’s console or use another model.' },
    de: { what: 'Das Kling-Konto darf dieses Modell oder diesen Aufruf nicht nutzen', next: 'Beantrage es in der Konsole von Kling oder nimm ein anderes Modell.' },
  },
  KLING_PARAMETERS_INVALID: {
    en: { what: 'Kling refused the request’s values', next: 'Change the request; nothing was charged.' },
    de: { what: 'Kling lehnt die Angaben der Anfrage ab', next: 'Ändere die Anfrage; es wurde nichts berechnet.' },
  },
  KLING_VALUE_INVALID: {
    en: { what: 'Kling refused a value of the request', next: 'Change what it names; nothing was charged.' },
    de: { what: 'Kling lehnt eine Angabe der Anfrage ab', next: 'Ändere, was genannt ist; es wurde nichts berechnet.' },
  },
  KLING_MODEL_DISCONTINUED: {
    en: { what: 'Kling has discontinued this model', next: 'Use a living one, such as 2.5-turbo; nothing was charged.' },
    de: { what: 'Kling hat dieses Modell eingestellt', next: 'Nimm ein lebendes, etwa 2.5-turbo; es wurde nichts berechnet.' },
  },
  KLING_EXTERNAL_ID_TAKEN: {
    en: { what: 'Kling already has a task with this external id', next: 'Look that task up instead of sending again.' },
    de: { what: 'Kling hat schon eine Aufgabe mit dieser externen Kennung', next: 'Suche diese Aufgabe, statt erneut zu senden.' },
  },
  KLING_TASK_NOT_FOUND: {
    en: { what: 'Kling has no such task', next: 'Check the id, and that the key is of the account that made it.' },
    de: { what: 'Kling hat keine solche Aufgabe', next: 'Prüfe die Kennung und ob der Schlüssel zum selben Konto gehört.' },
  },
  KLING_METHOD_INVALID: {
    en: { what: 'Kling does not take this kind of call here', next: 'Check the base URL, then report this as a bug.' },
    de: { what: 'Kling nimmt diese Art Aufruf hier nicht an', next: 'Prüfe die Basisadresse und melde dies dann als Fehler.' },
  },
  KLING_RESOURCE_NOT_FOUND: {
    en: { what: 'Kling does not have what was asked for', next: 'Check the model and the base URL.' },
    de: { what: 'Kling hat nicht, wonach gefragt wurde', next: 'Prüfe das Modell und die Basisadresse.' },
  },
  KLING_POLICY_REFUSED: {
    en: { what: 'Kling refused the request by its platform policy', next: 'Change the prompt or the pictures; nothing was charged.' },
    de: { what: 'Kling lehnt die Anfrage nach seinen Regeln ab', next: 'Ändere den Prompt oder die Bilder; es wurde nichts berechnet.' },
  },
  KLING_CONTENT_REFUSED: {
    en: { what: 'Kling’s content check refused the prompt or a picture', next: 'Change the words or the pictures; nothing was charged.' },
    de: { what: 'Klings Inhaltsprüfung lehnt den Prompt oder ein Bild ab', next: 'Ändere die Worte oder die Bilder; es wurde nichts berechnet.' },
  },
  KLING_RATE_LIMITED: {
    en: { what: 'Kling got too many calls', next: 'Wait a little and go on more slowly.' },
    de: { what: 'Kling bekam zu viele Aufrufe', next: 'Warte etwas und mache langsamer weiter.' },
  },
  KLING_SLOTS_FULL: {
    en: { what: 'All of the account’s parallel tasks are in use', next: 'Wait until one ends; refusals are free.' },
    de: { what: 'Alle parallelen Aufgaben des Kontos sind belegt', next: 'Warte, bis eine endet; Ablehnungen kosten nichts.' },
  },
  KLING_IP_NOT_ALLOWED: {
    en: { what: 'Kling does not allow this network address for the account', next: 'Add it to the allow list in Kling’s console.' },
    de: { what: 'Kling lässt diese Netzadresse für das Konto nicht zu', next: 'Trage sie in der Konsole von Kling ein.' },
  },
  KLING_INTERNAL_ERROR: {
    en: { what: 'Kling had an internal error', next: 'Look the task up before sending again; it may have been taken.' },
    de: { what: 'Bei Kling gab es einen internen Fehler', next: 'Suche die Aufgabe, bevor du erneut sendest; sie kann angenommen sein.' },
  },
  KLING_UNAVAILABLE: {
    en: { what: 'Kling is unavailable or under maintenance', next: 'Wait, then look the task up before sending again.' },
    de: { what: 'Kling ist nicht verfügbar oder wird gewartet', next: 'Warte und suche dann die Aufgabe, bevor du erneut sendest.' },
  },
  KLING_INTERNAL_TIMEOUT: {
    en: { what: 'Kling took too long inside', next: 'Look the task up before sending again; it may have been taken.' },
    de: { what: 'Kling brauchte intern zu lange', next: 'Suche die Aufgabe, bevor du erneut sendest; sie kann angenommen sein.' },
  },
};

/** Reads do not create anything, so there is nothing to look up first. */
export const READ_UNKNOWN_NEXT: Readonly<Record<KlingLocale, string>> = {
  en: 'Try again in a moment; a running task goes on.',
  de: 'Versuche es gleich noch einmal; eine laufende Aufgabe läuft weiter.',
};
