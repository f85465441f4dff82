export type Gender = 'man' | 'woman' | 'unknown';

/** What a noun says about who it stands for. */
export interface PersonNoun {
  /** One word for singular and plural: `sailor`. */
  key: string;
  gender: Gender;
  child: boolean;
  plural: boolean;
  /** `man`, `figure`: with an article it may mean somebody already named. */
  generic: boolean;
}

const MEN = 'man guy gentleman father dad son brother husband king prince waiter policeman fisherman salesman fireman businessman grandfather grandpa granddad nonno abuelo uncle monk priest lord knight sailor wizard groom cowboy swordsman samurai emperor boatman doorman milkman stuntman postman mailman ferryman huntsman craftsman butler lad fellow bloke businessman groundsman grandson nephew bellboy altar-boy choirboy busboy steward bellhop bridegroom groomsman godfather emir abbot friar vicar matador bullfighter blacksmith watchman nightwatchman stepfather widower';
const WOMEN = 'woman lady mother mom mum daughter sister wife queen princess waitress policewoman grandmother grandma granny nonna abuela babushka aunt nun witch bride actress businesswoman granddaughter niece bridesmaid stewardess barmaid salesgirl shopgirl cowgirl policewoman postwoman governess priestess crone maiden landlady godmother seamstress ballerina maid hostess empress sorceress stepmother widow mermaid businesswoman saleswoman landlady geisha heroine';
const ANYBODY = 'critic connoisseur diner skier snowboarder trader presenter announcer commentator programmer designer lecturer organiser organizer employer employee rescuer kayaker paraglider parachutist balloonist rapper buyer fiddler piper bugler trumpeter pickpocket bookkeeper bookseller bootblack chimney-sweep dishwasher washerwoman laundress beautician comedian civilian guardian custodian historian heir heiress newcomer latecomer outsider loner veteran deserter fugitive convict inmate warden jailer gaoler hangman executioner blackmailer informer bodyguard henchman foreigner immigrant emigrant settler pioneer homesteader prospector trapper gaucho vaquero deputy bailiff drover porteress verger organist choirboy disciple apostle saint genie goddess god hag ogre troll gnome goblin fairy mime puppeteer ventriloquist ringmaster tamer stuntwoman cameraman camerawoman gaffer caterer confectioner dressmaker hairdresser manicurist masseur masseuse nutritionist instructor invigilator headmaster headmistress dean freshman sophomore graduate trainee supervisor foreman labourer stoker signalman stationmaster brakeman trainman linesman lineman mariner seaman submariner cabin-boy castaway oarsman rower grandchild cousin sibling fiance fiancee in-law contestant challenger competitor rival winner loser champion juror attorney prosecutor defendant accused bailiff stenographer advocate barrister constable patrolman marshal trooper recruit cadet medic corporal admiral bosun deckhand mate skipper helmsman navigator stoker fishmonger shopper hawker busker bather sunbather lifeguard hostage kidnapper smuggler gambler croupier dealer bouncer porter sommelier choirmaster soprano tenor novice sexton gravedigger undertaker pallbearer geologist biologist botanist meteorologist glaciologist climatologist astronomer astronaut researcher guide sherpa musher foreman roadie stagehand understudy producer striker gymnast cheerleader trainer vet veterinarian farmhand rancher beekeeper winemaker goatherd goatherder herder herdsman cobbler glassblower apothecary alchemist scribe oracle commander crewmate hitchhiker backpacker camper attendant purser housekeeper tutor pupil schoolmate classmate roommate hippie mayor bureaucrat auctioneer bidder collector widower plumber electrician roofer bricklayer labourer laborer docker stevedore longshoreman shipwright sailmaker netmaker trapper poacher gamekeeper forester woodcutter charcoal-burner saddler gunner medic midwife pharmacist optician psychiatrist therapist person figure teenager teen detective inspector doctor nurse officer cop soldier guard driver keeper chef cook barista bartender teacher professor student worker farmer hunter traveller traveler wanderer runner dancer singer musician pianist violinist guitarist cellist drummer artist painter sculptor astronaut cosmonaut pilot captain beggar thief stranger robot android monster alien ghost zombie hero spy agent warrior fighter boxer wrestler surfer skater skateboarder skier climber mountaineer hiker cyclist biker rider horseman jogger swimmer diver scientist engineer mechanic carpenter blacksmith baker potter tailor barber clerk judge lawyer customer passenger patient shepherd gardener photographer reporter journalist boss assistant servant friend neighbour neighbor lover partner opponent enemy victim killer murderer prisoner commuter shopkeeper vendor seller pirate ninja vampire elf dwarf giant angel clown magician librarian courier messenger inventor watchmaker clockmaker innkeeper model athlete footballer goalkeeper coach author writer poet scholar elder pedestrian passer-by bystander patron gangster criminal suspect witness sheriff ranger firefighter paramedic survivor explorer archaeologist prophet villager peasant merchant nomad pilgrim monkish janitor cleaner cashier receptionist secretary manager director host guest widower orphan gunslinger outlaw bandit deputy bartender drifter lookout surgeon dentist curator tenant landlord neighbourhood-watch florist butcher grocer fisher lumberjack scout caretaker chauffeur cabbie trucker stowaway contortionist acrobat juggler knitter weaver fencer duelist swimmer sprinter skater rower jockey referee umpire preacher missionary rabbi bishop pope imam shaman druid bard minstrel jester squire duke duchess baron count countess sultan caliph chief chieftain twin assassin archer viking gladiator businessperson grandparent parent colleague companion operator technician welder miner builder lighthouse-keeper apprentice sentry sniper hacker gamer streamer influencer ambassador minister president senator general colonel lieutenant sergeant private conductor commander crewman mourner nanny babysitter tourist visitor intruder burglar onlooker spectator protester rebel refugee mannequin silhouette human adult pensioner drunk hermit';
const CHILDREN: Readonly<Record<string, Gender>> = { youngster: 'unknown', urchin: 'unknown', boy: 'man', girl: 'woman', child: 'unknown', kid: 'unknown', baby: 'unknown', toddler: 'unknown', infant: 'unknown', schoolboy: 'man', schoolgirl: 'woman', newborn: 'unknown' };
const GENERIC = new Set('man woman guy lady person figure boy girl child kid people fellow human adult stranger gentleman silhouette teenager'.split(' '));
const IRREGULAR: Readonly<Record<string, string>> = { men: 'man', women: 'woman', children: 'child', people: 'person', persons: 'person', wives: 'wife', thieves: 'thief', elves: 'elf', dwarves: 'dwarf', ladies: 'lady', babies: 'baby', spies: 'spy', witches: 'witch', princesses: 'princess', bosses: 'boss', coaches: 'coach', heroes: 'hero', actresses: 'actress', waitresses: 'waitress', enemies: 'enemy', 'passers-by': 'passer-by', passersby: 'passer-by', nannies: 'nanny', mayors: 'mayor', grandchildren: 'grandchild', fiancée: 'fiancee', fiancé: 'fiance', 'fiancées': 'fiancee' };

const NOUNS = new Map<string, Omit<PersonNoun, 'plural'>>();
function add(words: string, gender: Gender, child = false): void {
  for (const key of words.split(' ')) NOUNS.set(key, { key, gender, child, generic: GENERIC.has(key) });
}
add(ANYBODY, 'unknown');
add(MEN, 'man');
add(WOMEN, 'woman');
for (const [word, gender] of Object.entries(CHILDREN)) add(word, gender, true);

/** Reads a word, small letters, as a noun for people; also `policemen`, `sailors`. */
export function personNoun(word: string): PersonNoun | undefined {
  const single = NOUNS.get(word);
  if (single) return { ...single, plural: false };
  const key = IRREGULAR[word] ?? (word.endsWith('men') ? `${word.slice(0, -3)}man` : word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : undefined);
  const many = key === undefined ? undefined : NOUNS.get(key);
  if (many) return { ...many, plural: true };
  // No list has all trades: "toymaker", "schoolmistress", "goatherd", "ringmaster".
  const trade = /^(\p{L}{3,}(maker|keeper|master|mistress|smith|wright|monger|herd|worker|player|seller|dealer|hunter|tender|catcher|woman|man))(s?)$/u.exec(key !== undefined && word.endsWith('men') ? key : word);
  if (!trade || /(?:shepherd|taskmaster|human|german|roman|woman)$/u.test(word) || THINGS.has(word)) return undefined;
  const [, singular = word, ending = '', plural = ''] = trade;
  return { key: singular, gender: ending === 'mistress' || ending === 'woman' ? 'woman' : ending === 'man' ? 'man' : 'unknown', child: false, plural: plural === 's' || word.endsWith('men'), generic: false };
}

/** Machines and the like that are called as people are. */
const THINGS = new Set('coffeemaker icemaker cd-player record-player timekeeper snowman talisman grandmaster'.split(' '));

/** Nouns whose plural is what somebody does: "she judges him", "he counts the coins". */
export const ALSO_VERBS: ReadonlySet<string> = new Set('count guard cook judge pilot coach host model nurse scout doctor guide mate clown partner boss captain mother father spy tutor gun skipper author champion rival witness chauffeur soldier shepherd butcher referee tailor trail smuggle usher'.split(' '));

/** Words for several people at once, and how many are drawn; `crowd` is more than anybody counts. */
export const GROUPS: Readonly<Record<string, number | 'crowd'>> = {
  couple: 2, pair: 2, duo: 2, twins: 2, newlyweds: 2, parents: 2, trio: 3, quartet: 4, family: 4, group: 5, gang: 5, team: 5, crew: 5, squad: 5, band: 4,
  crowd: 'crowd', crowds: 'crowd', audience: 'crowd', mob: 'crowd', army: 'crowd', throng: 'crowd', procession: 'crowd', parade: 'crowd', onlookers: 'crowd', spectators: 'crowd', commuters: 'crowd', protesters: 'crowd', pedestrians: 'crowd', 'passers-by': 'crowd', passersby: 'crowd', queue: 'crowd', shoppers: 'crowd', townsfolk: 'crowd', townspeople: 'crowd', holidaymakers: 'crowd', parishioners: 'crowd', churchgoers: 'crowd', partygoers: 'crowd', demonstrators: 'crowd', troops: 'crowd', refugees: 'crowd', congregation: 'crowd', masses: 'crowd',
};

/** Numbers and words that count; 'crowd' from a dozen on. */
export function countOf(word: string): number | 'crowd' | undefined {
  const digits = /^\d{1,4}$/u.test(word) ? Number(word) : undefined;
  const count = digits ?? COUNTS[word];
  return typeof count === 'number' && count > 8 ? 'crowd' : count;
}

const COUNTS: Readonly<Record<string, number | 'crowd'>> = {
  one: 1, two: 2, both: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, dozen: 12,
  few: 3, several: 4, some: 3, many: 'crowd', dozens: 'crowd', hundreds: 'crowd', thousands: 'crowd', countless: 'crowd', scores: 'crowd',
};
