import { languageOf, type LanguageCode } from '../../prompt/reading/language.ts';

/**
 * Words that a prompt has beside the script's own, in the script's language. What is not in English gets no words about camera and
 * light: a prompt in two languages is followed in neither.
 */
export interface Tongue {
  language: LanguageCode;
  interior: string;
  exterior: string;
  both: string;
  setting: string;
  /** Stands for a speaker who is not seen. */
  voiceOff: string;
  /** Around what is said. */
  quotes: readonly [opens: string, closes: string];
  /** Between a label and its words. */
  colon: string;
}

const QUOTES = ['“', '”'] as const;
const ENGLISH: Tongue = { language: 'en', interior: 'Interior', exterior: 'Exterior', both: 'Interior and exterior', setting: 'Setting', voiceOff: 'A voice off screen', quotes: QUOTES, colon: ': ' };
const TONGUES: Partial<Record<LanguageCode, Omit<Tongue, 'language' | 'colon'>>> = {
  de: { interior: 'Innen', exterior: 'Außen', both: 'Innen und außen', setting: 'Ort', voiceOff: 'Eine Stimme aus dem Off', quotes: ['„', '“'] },
  fr: { interior: 'Intérieur', exterior: 'Extérieur', both: 'Intérieur et extérieur', setting: 'Lieu', voiceOff: 'Une voix hors champ', quotes: ['« ', ' »'] },
  es: { interior: 'Interior', exterior: 'Exterior', both: 'Interior y exterior', setting: 'Lugar', voiceOff: 'Una voz en off', quotes: ['«', '»'] },
  it: { interior: 'Interno', exterior: 'Esterno', both: 'Interno ed esterno', setting: 'Luogo', voiceOff: 'Una voce fuori campo', quotes: ['«', '»'] },
  pt: { interior: 'Interior', exterior: 'Exterior', both: 'Interior e exterior', setting: 'Lugar', voiceOff: 'Uma voz em off', quotes: QUOTES },
  nl: { interior: 'Binnen', exterior: 'Buiten', both: 'Binnen en buiten', setting: 'Plaats', voiceOff: 'Een stem buiten beeld', quotes: QUOTES },
  ru: { interior: 'В помещении', exterior: 'На улице', both: 'В помещении и на улице', setting: 'Место', voiceOff: 'Голос за кадром', quotes: ['«', '»'] },
  zh: { interior: '室内', exterior: '室外', both: '室内外', setting: '地点', voiceOff: '画外音', quotes: QUOTES },
  ja: { interior: '室内', exterior: '屋外', both: '室内と屋外', setting: '場所', voiceOff: '画面外の声', quotes: ['「', '」'] },
};

/** A film in a language without a row here has its headings' words alone. */
const UNKNOWN = { interior: '', exterior: '', both: '', setting: '', voiceOff: 'V.O.', quotes: QUOTES };
/** So much of a script tells its language. */
const ENOUGH = 6_000;

export function tongueOf(text: string): Tongue {
  const language = languageOf(text.slice(0, ENOUGH));
  if (language === 'en' || language === 'und') return ENGLISH;
  return { ...(TONGUES[language] ?? UNKNOWN), language, colon: language === 'zh' || language === 'ja' ? '：' : language === 'fr' ? ' : ' : ': ' };
}

export const isEnglish = ({ language }: Tongue): boolean => language === 'en';
