/**
 * Verbs of what can be filmed, by what they ask of a model. A word stands under every heading it belongs to.
 * `run+` doubles its last letter (running, runned is overruled by what follows the colon); after the colon, past forms.
 */
const ACTION = `walk run+:ran jog+ sprint dash race gallop trot+ march stroll wander hike climb crawl creep:crept sneak jump leap:leapt hop+ skip+ dance spin+:spun twirl whirl turn rotate roll tumble fall:fell,fallen drop+ slip+ slide:slid skate ski surf swim+:swam,swum dive:dove float drift fly:flew,flown soar glide hover land swoop flap+ ride:rode,ridden drive:drove,driven sail row paddle pedal cycle steer park arrive leave:left enter exit emerge approach follow chase pursue flee:fled escape rush hurry charge advance retreat cross pass travel move step+ stride:strode pace stumble trip+ limp
open close shut+ lock unlock push pull drag+ lift raise lower carry hold:held grab+ grasp grip+ seize catch:caught throw:threw,thrown toss hurl fling:flung kick punch hit+ strike:struck slap+ knock smash break:broke,broken crack shatter burst explode collapse crash crush tear:tore,torn rip+ cut+ slice chop+ carve peel stir+ pour fill empty mix knead bake cook fry boil grill roast serve eat:ate,eaten drink:drank,drunk sip+ bite:bit,bitten chew nibble lick swallow feed:fed taste smoke light:lit burn:burnt blow:blew,blown extinguish
wash clean wipe scrub+ sweep:swept mop+ dust polish brush comb shave shower bathe wake:woke,woken dress undress button tie untie:untied knot+ thread sew:sewn knit+ weave:wove,woven fold unfold wrap+ unwrap+ pack unpack stack build:built repair fix+ hammer nail saw:sawn drill weld paint draw:drew,drawn sketch write:wrote,written type sign read print stamp seal post mail stitch sculpt mold shape
smile laugh grin+ frown cry weep:wept sob+ scream shout yell whisper sing:sang,sung hum+ whistle speak:spoke,spoken talk chat+ argue nod+ shake:shook,shaken bow wave point gesture clap+ applaud cheer blink wink stare glare gaze look glance peek peer watch observe search hunt sniff breathe sneeze cough yawn kiss hug+ embrace cuddle touch stroke pat+ pet+ caress tickle rub+ scratch hand give:gave,given take:took,taken receive exchange trade swap+ share offer present deliver bring:brought send:sent pick place put+ set+ lay:laid hang:hung bury dig+:dug plant water harvest gather collect pluck pinch squeeze press tap+ click pluck strum+ play drum+ pound juggle balance swing:swung climb stretch bend:bent kneel:knelt crouch bow duck dodge block parry fence duel fight:fought wrestle box battle attack defend shoot: aim fire stab+ slash beat:beaten,beat
flow rush splash drip+ spill leak trickle spray squirt ripple swirl surge crash lap+ foam bubble flicker glow shimmer sparkle spark flash flare gleam blaze smoulder ignite erupt melt freeze:froze,frozen evaporate bloom blossom sprout grow:grew,grown shrink:shrank,shrunk expand unfurl bounce sway flutter rustle tremble quiver vibrate pulse whip+ billow rise:rose,risen sink:sank,sunk set ascend descend circle orbit hop dart scatter swarm pour rain snow hail thunder transform morph change turn become:became dissolve fade vanish disappear appear reveal reflect
bark howl growl roar meow purr+ chirp neigh graze hatch peck crow buzz hiss perform practice exercise train stretch lift pump+ skip bowl golf+ pitch bat+ serve score dribble pass+ tackle vault flip+ somersault backflip cartwheel salute pray meditate work study teach:taught pay:paid buy:bought sell:sold order shop+ vote cheerlead film photograph record conduct compose call answer dial text scroll browse tidy organize organise arrange rearrange prepare make:made use do:did,done try chase groom bungee hula trim+ blast launch crank twist screw assemble disassemble inspect examine measure weigh count sort deal:dealt shuffle cast release free land load unload toast greet meet:met hug introduce lead:led guide escort surround join steer tow haul heave hoist rescue save capture defeat destroy conquer win:won lose:lost overtake discover find:found explore battle cast unveil unlock activate obtain earn encounter set return reach solve narrow tighten loosen bite claw pounce prowl stalk nuzzle wag+ shed perch hum blur race drip thaw crumble topple sprint rev+ skid+ swerve accelerate brake reverse wheel zip+ unzip+ pierce inject operate dissect bandage heal tend prune rake mow shovel plough plow milk shear sprinkle season whisk fry flip plate garnish spread:spread uncork steam kick dunk rappel parachute skydive snorkel kayak canoe moonwalk twerk breakdance tango waltz curtsy shrug+ wink gasp sigh snore flinch faint vomit spit+:spat drool glare beckon snatch clutch cradle rock peel tear crumple scribble doodle erase tape glue paste staple post ship swat+ trap+ lasso rope saddle bridle mount dismount gallop canter buck rear speed:sped scurry strut+ slither waddle hover lumber glance gallop gesticulate tiptoe sashay barrel plunge teeter hobble saunter amble paw scamper flit+ tilt shuffle hiss pant
ring:rang,rung toll collide create chuckle giggle dine celebrate listen help struggle inflate deflate tangle untangle unroll splatter slosh nudge shove munch gobble slurp gulp devour mince rinse soak wring:wrung fetch rummage fumble wade trudge plod+ stagger lurch lunge hurtle spiral veer wriggle wiggle squirm twitch rebound ricochet recoil bound breach spout preen molt forage unwind:unwound clink rattle jingle sizzle simmer fizz flutter blush quiver wrinkle`;
/** Nothing happens: how something is. They cost nothing on the screen. */
const STATE = `be sit+:sat stand:stood lie:lay,lain rest sleep:slept lean wait remain stay rest perch face contain have:had seem appear look belong own live exist hang nap+ doze recline lounge pose loom tower line overlook stretch surround adorn border feature rest park moor overhang frame hide:hid,hidden wear:wore,worn`;
/** What nobody sees. */
const INNER = `think:thought believe know:knew,known understand:understood remember forget:forgot,forgotten regret wish hope want need love hate like feel:felt realize realise wonder imagine dream ponder contemplate consider decide doubt trust fear mourn long yearn resent admire forgive:forgave,forgiven mean:meant matter suspect recall miss learn deserve envy symbolize symbolise represent desire crave expect intend plan+ worry`;
const ASPECT = `start begin:began,begun stop+ continue keep:kept finish proceed`;
const FAST = `run sprint dash race gallop leap jump spin twirl whirl chase flee crash smash shatter explode kick punch fight duel dive swoop flip somersault backflip cartwheel vault skid swerve drift skate ski surf tackle hurl pounce dart breakdance bounce burst erupt juggle accelerate parry slash wrestle stampede scatter swarm pound`;
const CONTACT = `shake hug embrace kiss wrestle fight duel box punch kick tackle hand give exchange trade swap catch throw grab lift carry push pull dance cuddle pat stroke pet caress rub bite strike slap fence battle attack parry juggle swing feed comb dress bandage help`;
const FINE = `thread sew knit weave tie untie knot button unbutton type write draw sketch paint sculpt carve pluck strum fold unfold peel stitch shuffle juggle play sign count braid pick pinch squeeze inject unlock unwrap wrap`;
const FLUID = `splash pour drip spill flow surge swirl spray ripple leak trickle squirt foam bubble melt burn blaze ignite erupt explode shatter smash crash billow smoke flutter crumble collapse blow freeze boil dissolve rain snow steam lap topple thaw`;
const TRANSFORM = `transform morph melt freeze dissolve bloom blossom hatch shrink crumble thaw grow become sprout evaporate`;

export type VerbForm = 'base' | 's' | 'ing' | 'past';
export interface VerbReading {
  lemma: string;
  forms: Set<VerbForm>;
}

const listed = (text: string): string[] => text.split(/\s+/).map((entry) => entry.replace(/[+:].*$/, ''));
const STATES = new Set(listed(STATE));
const ACTIONS = new Set(listed(ACTION));
export const INNER_VERBS: ReadonlySet<string> = new Set(listed(INNER));
export const ASPECT_VERBS: ReadonlySet<string> = new Set(listed(ASPECT));
export const FAST_VERBS: ReadonlySet<string> = new Set(listed(FAST));
export const CONTACT_VERBS: ReadonlySet<string> = new Set(listed(CONTACT));
export const FINE_VERBS: ReadonlySet<string> = new Set(listed(FINE));
export const FLUID_VERBS: ReadonlySet<string> = new Set(listed(FLUID));
export const TRANSFORM_VERBS: ReadonlySet<string> = new Set(listed(TRANSFORM));

/** Verbs that describe a state unless they are known for more: `a car parks` moves, `a boat rests` does not. */
export function isStateVerb(lemma: string): boolean {
  return STATES.has(lemma) && !(ACTIONS.has(lemma) && !STILL_BOTH.has(lemma));
}
const STILL_BOTH = new Set(['hang', 'perch', 'stretch', 'park', 'appear', 'surround', 'reflect']);

const FORMS = new Map<string, VerbReading>();
function learn(word: string, lemma: string, form: VerbForm): void {
  const known = FORMS.get(word);
  if (known === undefined) FORMS.set(word, { lemma, forms: new Set([form]) });
  else if (known.lemma === lemma) known.forms.add(form);
}
for (const entry of `${ACTION} ${STATE} ${INNER} ${ASPECT}`.split(/\s+/)) {
  const [stem = '', irregular] = entry.split(':');
  const lemma = stem.replace('+', '');
  const doubled = stem.endsWith('+') ? lemma + lemma.slice(-1) : lemma;
  learn(lemma, lemma, 'base');
  learn(/(?:s|sh|ch|x|z|o)$/.test(lemma) ? `${lemma}es` : /[^aeiou]y$/.test(lemma) ? `${lemma.slice(0, -1)}ies` : `${lemma}s`, lemma, 's');
  learn(lemma.endsWith('ie') ? `${lemma.slice(0, -2)}ying` : /[^eoy]e$/.test(lemma) ? `${lemma.slice(0, -1)}ing` : `${doubled}ing`, lemma, 'ing');
  if (irregular === undefined) learn(lemma.endsWith('e') ? `${lemma}d` : /[^aeiou]y$/.test(lemma) ? `${lemma.slice(0, -1)}ied` : `${doubled}ed`, lemma, 'past');
  else for (const past of irregular.split(',').filter(Boolean)) learn(past, lemma, 'past');
}
for (const form of ['is', 'are', 'was', 'were', "isn't", "aren't", "it's", "they're"]) FORMS.set(form, { lemma: 'be', forms: new Set(['s']) });
FORMS.set('has', { lemma: 'have', forms: new Set(['s']) });
FORMS.set('gets', { lemma: 'get', forms: new Set(['s']) });
FORMS.set('get', { lemma: 'get', forms: new Set(['base']) });
FORMS.set('goes', { lemma: 'go', forms: new Set(['s']) });
FORMS.set('go', { lemma: 'go', forms: new Set(['base']) });
FORMS.set('going', { lemma: 'go', forms: new Set(['ing']) });
FORMS.set('went', { lemma: 'go', forms: new Set(['past']) });
FORMS.set('got', { lemma: 'get', forms: new Set(['past']) });
FORMS.set('getting', { lemma: 'get', forms: new Set(['ing']) });
FORMS.set('comes', { lemma: 'come', forms: new Set(['s']) });
FORMS.set('come', { lemma: 'come', forms: new Set(['base']) });
FORMS.set('coming', { lemma: 'come', forms: new Set(['ing']) });
FORMS.set('came', { lemma: 'come', forms: new Set(['past']) });

/** The verb a word may be a form of. Nouns of the same spelling are told apart by their place, not here. */
export function verbReading(word: string): VerbReading | undefined {
  return FORMS.get(word);
}
