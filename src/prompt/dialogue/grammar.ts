/** The small words of a language that say who: articles, pronouns, titles. Parts of regular expressions. */
export interface Grammar {
  /** What begins a description: `the old man`, `sa voisine`. */
  determiner: string;
  he: readonly string[];
  she: readonly string[];
  /** I, we, they, one: a person, but not one to be found by gender. */
  otherPronoun: readonly string[];
  /** His and her: whose face or hand acts, acts. */
  his: readonly string[];
  hers: readonly string[];
  maleTitle: string;
  femaleTitle: string;
  maleNoun: string;
  femaleNoun: string;
  /** A description ends before these. */
  stop: string;
}

const EN: Grammar = {
  determiner: 'the|a|an|his|her|my|our|their|its|this|one|another|some|old|young|poor|little',
  he: ['he'],
  she: ['she'],
  otherPronoun: ['i', 'we', 'they', 'it', 'you', 'someone', 'somebody', 'everyone', 'everybody', 'nobody'],
  his: ['his'],
  hers: ['her'],
  maleTitle: 'mr|sir|lord|captain|colonel|major|uncle|father|king|prince|master|monsieur|don|herr|brother|grandfather|duke|count|baron|squire|reverend|rev',
  femaleTitle: 'mrs|miss|ms|lady|aunt|mother|queen|princess|madame|madam|mademoiselle|frau|donna|sister|grandmother|duchess|countess|dame',
  maleNoun: 'man|boy|father|son|brother|uncle|husband|gentleman|king|prince|lord|fellow|chap|lad|grandfather|gent|sailor|soldier|priest|monk|captain|knight|waiter|policeman|squire|butler|sergeant|detective|men|ferryman|fisherman|salesman|statesman|clergyman|coachman',
  femaleNoun: 'woman|girl|mother|daughter|sister|aunt|wife|lady|queen|princess|lass|grandmother|maid|nurse|waitress|nun|widow|dame|housekeeper|landlady|witch|hostess|mistress|actress',
  stop: 'in|on|at|with|to|from|by|as|for|into|when|while|who|whom|whose|that|which|and|but|or|after|before|then|again|once|presently|quietly|softly|aloud|now|here|there|through|over|under|up|down|out|off|about|without|between|across|toward|towards|upon|because|if|so|yet|still|always|never|suddenly|at|last|looking|turning|is|was|are|were|had|has|have|not|too|back|behind|beside|instead|however|rather|quite|very|just|only|almost|also|coming|going',
};

const FR: Grammar = {
  determiner: "le|la|les|l['’]|un|une|son|sa|ses|mon|ma|mes|notre|nos|votre|leur|ce|cet|cette|deux|quelques|monsieur|madame|mademoiselle|maître|l['’]autre|celui-ci|celle-ci",
  he: ['il'],
  she: ['elle'],
  otherPronoun: ['je', 'on', 'ils', 'elles', 'nous', 'vous', 'tu'],
  his: [],
  hers: [],
  maleTitle: 'm|monsieur|sieur|père|frère|oncle|maître|prince|roi|baron|comte|duc|abbé|docteur',
  femaleTitle: 'mme|madame|mlle|mademoiselle|mère|sœur|tante|princesse|reine|baronne|comtesse|duchesse|dame',
  maleNoun: 'homme|garçon|père|fils|frère|oncle|mari|roi|prince|vieux|vieillard|soldat|prêtre|officier',
  femaleNoun: 'femme|fille|mère|sœur|tante|reine|princesse|vieille|dame|servante|bonne|voisine',
  stop: 'en|avec|à|au|aux|dans|sur|par|pour|d|qui|que|dont|et|mais|tout|sans|vers|comme|puis|alors|enfin|encore|aussi|non|ne|se|lui|y|tandis|pendant|après|avant|brusquement|doucement',
};

const DE: Grammar = {
  determiner: 'der|die|das|den|dem|ein|eine|einer|sein|seine|ihr|ihre|mein|meine|unser|unsere|dieser|diese|jener|jene|jemand',
  he: ['er'],
  she: ['sie'],
  otherPronoun: ['ich', 'wir', 'es', 'man'],
  his: ['sein', 'seine'],
  hers: ['ihr', 'ihre'],
  maleTitle: 'herr|herrn|onkel|vater|könig|prinz|graf|bruder|doktor',
  femaleTitle: 'frau|fräulein|tante|mutter|königin|prinzessin|gräfin|schwester',
  maleNoun: 'mann|junge|vater|sohn|bruder|onkel|könig|prinz|alte|soldat|kapitän',
  femaleNoun: 'frau|mädchen|mutter|tochter|schwester|tante|königin|prinzessin|alte|dame',
  stop: 'in|im|mit|zu|zum|zur|von|vom|auf|an|am|und|aber|der|die|das|leise|laut|dann|wieder|noch|nicht|sich|ihn|ihm|ohne|nach|aus|bei|als|während|schließlich|plötzlich|ruhig',
};

const ES: Grammar = {
  determiner: 'el|la|los|las|un|una|su|sus|mi|mis|nuestro|nuestra|este|esta|aquel|aquella|don|doña|alguien|otro|otra',
  he: ['él'],
  she: ['ella'],
  otherPronoun: ['yo', 'ellos', 'ellas', 'nosotros', 'usted', 'tú'],
  his: [],
  hers: [],
  maleTitle: 'señor|sr|don|tío|padre|rey|príncipe|capitán|hermano',
  femaleTitle: 'señora|sra|señorita|doña|tía|madre|reina|princesa|hermana',
  maleNoun: 'hombre|niño|chico|padre|hijo|hermano|tío|rey|viejo|anciano|señor|pescador|capitán',
  femaleNoun: 'mujer|niña|chica|madre|hija|hermana|tía|reina|vieja|anciana|señora',
  stop: 'en|con|a|al|por|para|que|y|pero|de|sin|mientras|muy|más|no|se|lo|le|entonces|luego|después|desde|hacia|sobre|casi|ya',
};

const IT: Grammar = {
  determiner: "il|lo|la|gli|le|i|l['’]|un|uno|una|suo|sua|mio|mia|nostro|nostra|questo|questa|quel|quella|qualcuno|altro|altra",
  he: ['lui', 'egli'],
  she: ['lei', 'ella'],
  otherPronoun: ['io', 'loro', 'noi', 'voi', 'tu', 'essi'],
  his: [],
  hers: [],
  maleTitle: 'signor|sig|don|zio|padre|re|principe|capitano|dottor|conte|fratello',
  femaleTitle: 'signora|signorina|donna|zia|madre|regina|principessa|contessa|sorella',
  maleNoun: 'uomo|ragazzo|bambino|padre|figlio|fratello|zio|re|vecchio|signore|capitano',
  femaleNoun: 'donna|ragazza|bambina|madre|figlia|sorella|zia|regina|vecchia|signora',
  stop: 'in|con|a|al|alla|per|che|e|ma|di|da|senza|mentre|molto|più|non|si|gli|le|poi|allora|dopo|su|verso|quasi|già|ancora|piano',
};

const PT: Grammar = {
  determiner: 'o|a|os|as|um|uma|seu|sua|meu|minha|nosso|nossa|este|esta|esse|essa|aquele|aquela|dom|dona|alguém|outro|outra',
  he: ['ele'],
  she: ['ela'],
  otherPronoun: ['eu', 'eles', 'elas', 'nós', 'você', 'tu'],
  his: [],
  hers: [],
  maleTitle: 'senhor|sr|dom|tio|padre|rei|príncipe|capitão|irmão',
  femaleTitle: 'senhora|sra|senhorita|dona|tia|mãe|rainha|princesa|irmã',
  maleNoun: 'homem|menino|rapaz|pai|filho|irmão|tio|rei|velho|senhor|capitão',
  femaleNoun: 'mulher|menina|moça|mãe|filha|irmã|tia|rainha|velha|senhora',
  stop: 'em|com|ao|à|por|para|que|e|mas|de|sem|enquanto|muito|mais|não|se|lhe|então|depois|desde|sobre|quase|já|ainda|baixinho',
};

const RU: Grammar = {
  determiner: 'старый|старая|молодой|молодая|маленький|маленькая|этот|эта|мой|моя|его|её',
  he: ['он'],
  she: ['она'],
  otherPronoun: ['я', 'мы', 'они', 'кто-то'],
  his: [],
  hers: [],
  maleTitle: 'господин|князь|граф|дядя|отец|царь|капитан|доктор',
  femaleTitle: 'госпожа|княгиня|графиня|тётя|мать|царица|княжна',
  maleNoun: 'мужчина|мальчик|мальчишка|отец|папа|сын|брат|дядя|старик|дед|дедушка|царь|король|принц|солдат|капитан|парень|юноша|человек|рыбак|повар|врач|доктор|учитель|детектив|следователь|офицер|сержант|полковник|генерал|полицейский|охранник|официант|водитель|шофёр|пилот|моряк|матрос|хозяин|сосед|незнакомец|робот|рыцарь|священник|судья|мастер|продавец|кузнец|рассказчик',
  femaleNoun: 'женщина|девочка|девушка|мать|мама|дочь|сестра|тётя|старуха|старушка|царица|королева|принцесса|бабушка|официантка|учительница|медсестра|хозяйка|соседка|актриса|певица|ведьма|незнакомка|продавщица|рассказчица',
  stop: 'в|с|на|к|по|за|и|но|не|из|от|у|что|как|потом|тихо|громко|ему|ей|мне|снова|вдруг|наконец|без|под|над',
};

const GRAMMARS: Record<string, Grammar> = { en: EN, fr: FR, de: DE, es: ES, it: IT, pt: PT, ru: RU };

export const grammarOf = (language: string): Grammar => GRAMMARS[language] ?? EN;
