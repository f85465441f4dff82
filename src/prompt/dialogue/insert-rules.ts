import { SPEECH_VERBS } from './speech-verbs.ts';

/** How a narrator breaks into speech that has no closing mark: `— Tiens, dit-il, c'est vous.` */
export interface InsertRules {
  /** A tag, from its verb or pronoun on, sticky: it is tried behind a comma or the end of a sentence. */
  tag: RegExp;
  /** Behind a comma: still the narrator (`en riant`, `with a smile`). */
  goesOn: RegExp;
  /** A sentence that only a narrator says: somebody did something. */
  narrates: RegExp;
  /** Words of people who speak: I and you. */
  speaks: RegExp;
}

const verbsOf = (language: string): string => {
  const verbs = SPEECH_VERBS[language] ?? SPEECH_VERBS['en'];
  return `${verbs?.say}|${verbs?.think}`;
};

const FR_CLITICS = String.raw`(?:(?:s|m|t|l|n)[’']|(?:se|me|te|lui|leur|nous|vous|le|la|les|y|en)\s)*`;
const FR_PARTICIPLES = String.raw`(?:dit|répondu|demandée?|reprise?|répliqué|écriée?|ajouté|crié|fait|continué|murmuré|répété|pensé|observé|objecté|déclaré|exclamée?|poursuivi|répondue)`;
const FR_SUBJECT = String.raw`(?=\p{Lu}|(?:le|la|les|un|une|l[’']\p{L}+|son|sa|ses|mon|ma|mes|notre|nos|leur|ce|cet|cette|celui|celle|ceux|l[’']un|l[’']autre|quelqu[’']un|quelques|chacun|une|nos|vos|deux|plusieurs|monsieur|madame|mademoiselle|maître|mame|maman|papa|tous|enfin|alors|encore|aussi|doucement|tout|à|d[’']un|de|froidement|gravement|vivement|\p{L}+ment)(?![\p{L}-]))`;
const FR_TAG = [
  // avait-elle répondu, s’était-il écrié
  String.raw`${FR_CLITICS}(?:avait|ai|a|avais|eut|était|est)(?:-t)?-(?:il|elle|je|on|ils|elles)\s(?:\p{L}+ment\s)?\p{L}+(?:[éeiut]|ée|is)(?!\p{L})`,
  // dit-il, lui demandai-je; any past tense turned round
  String.raw`(?!(?:vous|te)\sdis-je|dit-on|semble-t-il|paraît-il)${FR_CLITICS}(?:(?:${verbsOf('fr')})|(?!était|avait|sera|aura|fera|ira|va|faudra|pourra|voudra|devra|viendra|dira-t-on|reste-t)\p{L}{2,}(?:a|(?<!a)it|(?<![et])ut|int)(?=(?:-t)?-(?:il|elle|on|ils|elles)(?:[\s\u00a0\u202f]*[,.;:!?…]|\s(?:en|avec|d[’']une?|à|au|tout|sans|après|\p{L}+ment)(?!\p{L}))))(?:-t)?-(?:il|elle|je|on|ils|elles)(?!\p{L}|-)|${FR_CLITICS}(?!avais|étais|aurais|serais|savais|puis|suis|dois|vais|fais)\p{L}{3,}(?:ai|ais|is|us)-je(?!\p{L}|-)`,
  // avait répondu la cousine
  String.raw`${FR_CLITICS}(?:avait|avaient|a|eut|était|étaient|est)\s(?:\p{L}+ment\s|bien\s|alors\s)?${FR_PARTICIPLES}\s${FR_SUBJECT}`,
  // reprit Pécuchet; the present tense only before a name, because "demande le prix" is an order
  String.raw`${FR_CLITICS}(?:${verbsOf('fr')})(?:\s(?:alors|enfin|encore|aussi|aussitôt|tout bas|à son tour|brusquement|\p{L}+ment))?\s${FR_SUBJECT}`,
];

/** An editor explains a word in the middle of a speech. */
export const NOTE = /\[+\s?(?:note|nota|anm|anmerkung|прим|ed)[^[\]]{0,400}\]+/iuy;

const FR_OBJECTS = String.raw`(?:(?:ne|se|le|la|les|lui|leur|en|y)\s|[nslmy][’'])*`;
/** The past of a tale: simple past and imperfect of the third person, and no conditional, which people say. */
const FR_PAST = String.raw`fut|fit|mit|vit|eut|put|dut|sut|lut|rit|prit|\p{L}{2,}(?:(?<!p|[ed]r|evr|[eo]urr|err|aur|ettr)a|(?<!(?:[eé]r|pour|aur|voudr|devr|faudr|viendr|saur|tiendr))(?:ait|aient)|èrent|irent|urent|int|inrent|(?<![ad])it|(?<!e)ut)`;
/** What may stand before the subject: `Et, joignant le geste à la parole,`. */
const FR_LEAD = String.raw`[^.!?…:;«—]{3,90}?,\s`;

const FR: InsertRules = {
  tag: new RegExp(String.raw`(?<![\p{L}’'-])(?:${FR_TAG.join('|')})`, 'iuy'),
  goesOn: /^(?:et\s(?:en\s)?\p{L}{2,}ant(?:\s|$)|quand\s(?:il|elle)\s|(?:auquel|auxquels|auxquelles|à\slaquelle|duquel|de\slaquelle)\s|(?:se|s[’']|le|la|les|lui|en)\s?\p{L}+ant(?:\s|$)|si\s\p{L}+(?:é|ée|u|ue)\s|(?:son|sa|ses)\s\p{L}+(?:\s\p{L}+){0,3}(?=[,.;]|$)|pareil|tout\sen\s\p{L}+ant|en\s(?:\p{L}+\s)?\p{L}+ant|(?!pendant|avant|maintenant|cependant|pourtant|autant|tant|méchant|enfant|vivant|charmant|instant|durant|quant|devant)\p{L}{3,}ant(?:\s|$)|ayant|avec\s(?:un|une|sa|son|ses|la|le|l|des|cette|cet|ce|qui|\p{L}+$)|d[’'](?:un|une)\s(?:ton|air|voix|geste|accent|mouvement|petit|grand|œil|oeil|sourire|regard)|sans\s|à\s(?:voix|son\stour|demi|mi|l[’']oreille|part|\p{L}+\s\p{L}+$)|qui\s|que\s(?:ce|cette|le|la)\s|dont\s|l[’']air\s|l[’']œil|les\s(?:yeux|bras|mains|larmes|lèvres|dents|poings)\s|la\s(?:tête|main|voix|bouche|figure|mine|face)\s|le\s(?:regard|visage|front|doigt|cœur|sourire)\s|tandis\s|après\s(?:un|une|avoir|s|quelque)|non\ssans|et\s(?:il|elle|se|s[’']|ils|elles)\s|puis\s(?:il|elle)\s|pour\s\p{L}+(?:er|ir|re)\s|toujours\s\p{L}+|comme\s(?:s[’']il|si|pour|un|une|se)|presque\s|au\s(?:bout|milieu|moment)|\p{L}{3,}(?:é|ée|és|ées)(?=[\s,.;]|$)|de\s(?:sa|son|plus\sen)\s)/iu,
  narrates: new RegExp(String.raw`^(?:(?:et|puis|alors|mais|aussitôt|enfin|or|ensuite|cependant),?\s)?(?:${FR_LEAD})?(?:(?:il|elle|ils|elles|on)\s${FR_OBJECTS}(?:${FR_PAST})|(?:le|la|les|l[’']|son|sa|ses|ce|cet|cette|un|une|tous|toutes|chacun|\p{Lu}[\p{L}’'.-]+)\s?(?:(?!(?:je|tu|vous|nous|est|sont|a)(?!\p{L}))[\p{L}’'.-]+\s){0,8}?(?:(?<=\p{L})\s?,[^,.!?…:;]{3,80},\s)?${FR_OBJECTS}(?:${FR_PAST}))(?![\p{L}-])`, 'iu'),
  speaks: /(?<![\p{L}’'-])[jmt][’']|(?<![\p{L}’'-])(?:je|moi|me|mon|ma|mes|tu|te|toi|ton|ta|tes|vous|votre|vos|nous|notre|nos|monsieur|madame)(?![\p{L}])|[!?]|(?<!\p{L})(?:est|c[’']est|sont|faut|voilà|sera|ont)(?!\p{L})/iu,
};

const EN_SUBJECT = String.raw`(?:he|she|I|they|we|it|(?:the|a|an|his|her|my|our|their)\s[\p{L}’'-]+(?:\s[\p{L}’'-]+){0,3}?|(?:Mrs?|Ms|Dr)\.?\s\p{Lu}[\p{L}’'-]+|\p{Lu}[\p{L}’'-]+(?:\s\p{Lu}[\p{L}’'-]+)?)`;
const EN: InsertRules = {
  tag: new RegExp(String.raw`(?<![\p{L}’'-])(?:(?:${verbsOf('en')})\s(?=(?:${EN_SUBJECT})(?!\p{L}))|${EN_SUBJECT}\s(?:had\s)?(?:\p{Ll}+ly\s)?(?:${verbsOf('en')})(?!\p{L}))`, 'uy'),
  goesOn: /^(?:\p{L}+ing(?:\s|$)|with\s|without\s|in\s(?:a|his|her|the)\s|and\s(?:he|she|they|\p{L}+ed)\s|as\s|who\s|while\s|\p{L}+ly(?=[\s,.]|$)|his\s|her\s|after\s|to\s)/iu,
  narrates: /^(?:(?:and|then|but|so)\s)?(?:he|she|they|it|the|his|her|\p{Lu}[\p{L}’'-]+)\s(?:[\p{L}’'-]+\s){0,5}?(?:was|were|had|did|[\p{L}]+ed)(?!\p{L})/u,
  speaks: /(?<![\p{L}’'-])(?:I|I'm|me|my|you|your|we|us|our)(?!\p{L})|[!?]/u,
};

/** Tags of languages whose inserts stand between dashes; the verb alone is enough there. */
function plainRules(language: string): InsertRules {
  return {
    tag: new RegExp(String.raw`(?<![\p{L}-])(?:${verbsOf(language)})(?!\p{L})`, 'uy'),
    goesOn: /^(?:con|com|mit|с|senza|sin|sem|mentre|mientras|enquanto|während|\p{L}+(?:ando|iendo|endo|indo))(?!\p{L})/iu,
    narrates: /^(?:[EeYyИи]\s)?(?:(?:él|ella|lui|lei|ele|ela|er|sie|он|она|они)\s|\p{L}+(?:ó|ò|ou|ил|ила|ал|ала)(?!\p{L}))/iu,
    speaks: /[!?]|(?<!\p{L})(?:yo|tú|me|te|io|tu|mi|ti|eu|você|ich|du|wir|я|ты|мы|вы|мне|тебе)(?!\p{L})/iu,
  };
}

const RULES = new Map<string, InsertRules>([['fr', FR], ['en', EN]]);

export function insertRulesOf(language: string): InsertRules {
  const known = RULES.get(language);
  if (known !== undefined) return known;
  const rules = plainRules(language);
  RULES.set(language, rules);
  return rules;
}
