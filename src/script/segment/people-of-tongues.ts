import type { LanguageCode } from '../../prompt/reading/language.ts';
import type { Mention } from './mention.ts';

/** How a language names somebody without a name, and who acts. Possessives of these languages do not tell whose they are. */
interface PeopleTongue {
  articles: string;
  female: string;
  male: string;
  other: string;
  she: string;
  he: string;
}

const TONGUES: Partial<Record<LanguageCode, PeopleTongue>> = {
  de: {
    articles: 'ein|eine|der|die|das|dem|den|einem|einer|einen',
    female: 'frau|mädchen|dame|mutter|tochter|schwester|witwe|großmutter|oma|tante|königin|prinzessin|kellnerin|nonne|braut|hexe|magd|krankenschwester|ärztin|lehrerin|polizistin|verkäuferin|köchin|greisin|wirtin|reporterin|kommissarin',
    male: 'mann|junge|herr|vater|sohn|bruder|großvater|opa|onkel|könig|prinz|kellner|mönch|priester|bräutigam|zauberer|butler|polizist|fischer|matrose|soldat|ritter|postbote|bettler|arzt|lehrer|verkäufer|koch|greis|wirt|wächter|fahrer|schaffner|gärtner|bäcker|kapitän|kommissar|bauer|wanderer|reiter',
    other: 'kind|hund|katze|pferd|gestalt|paar|menge|kinder|leute|männer|frauen|soldaten',
    she: 'sie',
    he: 'er',
  },
  fr: {
    articles: "un|une|le|la|l['’]|cet|cette|ce",
    female: 'femme|fille|fillette|dame|mère|sœur|veuve|grand-mère|tante|reine|princesse|serveuse|religieuse|mariée|sorcière|servante|infirmière|vieille|boulangère|concierge',
    male: 'homme|garçon|monsieur|père|fils|frère|grand-père|oncle|roi|prince|serveur|moine|prêtre|marié|majordome|policier|pêcheur|marin|soldat|chevalier|facteur|mendiant|médecin|vieillard|gardien|conducteur|jardinier|boulanger|capitaine|inspecteur|inconnu',
    other: 'enfant|chien|chat|cheval|silhouette|couple|foule|enfants|soldats',
    she: 'elle',
    he: 'il',
  },
  es: {
    articles: 'un|una|el|la|este|esta|aquel|aquella',
    female: 'mujer|niña|chica|señora|madre|hija|hermana|viuda|abuela|tía|reina|princesa|camarera|monja|novia|bruja|criada|enfermera|anciana',
    male: 'hombre|niño|chico|señor|padre|hijo|hermano|abuelo|tío|rey|príncipe|camarero|monje|cura|novio|policía|pescador|marinero|soldado|caballero|cartero|mendigo|médico|anciano|guardia|conductor|jardinero|panadero|capitán',
    other: 'perro|gato|caballo|figura|pareja|multitud',
    she: 'ella',
    he: 'él',
  },
  it: {
    articles: "un|una|uno|il|lo|la|l['’]|un['’]",
    female: 'donna|bambina|ragazza|signora|madre|figlia|sorella|vedova|nonna|zia|regina|principessa|cameriera|suora|sposa|strega|infermiera|vecchia',
    male: 'uomo|bambino|ragazzo|signore|padre|figlio|fratello|nonno|zio|re|principe|cameriere|monaco|prete|sposo|poliziotto|pescatore|marinaio|soldato|cavaliere|postino|mendicante|medico|vecchio|guardiano|autista|giardiniere|fornaio|capitano',
    other: 'cane|gatto|cavallo|figura|coppia|folla',
    she: 'lei',
    he: 'lui',
  },
};

const ENDS = String.raw`(?![\p{L}’'-])`;
const FOUND = new Map(
  Object.entries(TONGUES).map(([language, { articles, female, male, other, she, he }]) => [
    language,
    new RegExp(String.raw`(?<![\p{L}’'])(?:(?:${articles})(?<=['’]|[\p{L}])\s?(?:[\p{L}-]+\s){0,2}?(?:(?<female>${female})|(?<male>${male})|(?<other>${other}))|(?<she>${she})|(?<he>${he}))${ENDS}`, 'giu'),
  ]),
);

const NOUNS = new Map(Object.entries(TONGUES).map(([language, { articles, female, male, other }]) => [language, new RegExp(String.raw`^(?:(?:${articles})\s?)?(?<noun>${female}|${male}|${other})$`, 'iu')]));

/** What a figure is called whose cue is its noun: `garçon` of LE GARÇON. */
export function nounOfCue(name: string, language: LanguageCode): string | undefined {
  return NOUNS.get(language)?.exec(name)?.groups?.noun?.toLowerCase();
}

/** Unnamed people and `sie`, `il`, ... of a sentence that is not English. A figure is called by its noun, whatever stands before it. */
export function figuresOfTongue(sentence: string, language: LanguageCode): Mention[] {
  const words = FOUND.get(language);
  if (words === undefined) return [];
  return [...sentence.matchAll(words)].map(({ 0: whole, index, groups = {} }): Mention => {
    const { female, male, other, she, he } = groups;
    const noun = female ?? male ?? other;
    const gender = female !== undefined || she !== undefined ? 'female' : male !== undefined || he !== undefined ? 'male' : 'unknown';
    return { who: (noun ?? whole).toLowerCase(), gender, kind: noun === undefined ? 'pronoun' : 'figure', start: index, end: index + whole.length, possessive: false };
  });
}
