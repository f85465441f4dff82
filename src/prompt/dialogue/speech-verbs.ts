/**
 * Verbs that put speech into somebody's mouth, as parts of regular expressions, in the forms that stand in tags and in prompts.
 * A tag is recognised by its verb; a verb that is missing here costs a speaker, a verb too many invents one.
 */
export interface SpeechVerbs {
  say: string;
  think: string;
  sing: string;
}

const spaced = (words: string): string => words.trim().split(/\s+/).map((word) => word.replaceAll('_', ' ')).join('|');

/** English by its stem: `call` stands for call, calls, called, calling. */
function english(regular: string, irregular: string): string {
  const forms = regular.trim().split(/\s+/).map((stem) => {
    if (stem.endsWith('e')) return `${stem.slice(0, -1)}(?:e|es|ed|ing)`;
    if (stem.endsWith('y') && !/[aeiou]y$/.test(stem)) return `${stem.slice(0, -1)}(?:y|ies|ied|ying)`;
    return `${stem}(?:s|es|ed|ing|${stem.at(-1)}ed|${stem.at(-1)}ing)?`;
  });
  return [...forms, spaced(irregular)].join('|');
}

const EN: SpeechVerbs = {
  say: english(
    `ask answer reply whisper shout call cry murmur mutter exclaim remark observe declare announce add continue repeat demand
    inquire enquire return respond insist explain suggest interrupt yell scream hiss growl grumble sigh gasp laugh chuckle
    giggle snarl snap bark bellow roar mumble stammer stutter retort rejoin protest object agree admit confess concede
    assure promise warn urge beg plead implore order command venture pursue resume conclude begin remind tease joke argue
    complain whimper sob wail moan groan croak chirp purr drawl quote interpose ejaculate intimate echo assert affirm maintain
    propose state report acknowledge reflect scold chide correct counter challenge greet boast claim breathe coax comment
    confirm confide instruct mock pant pipe pray press proclaim prompt quaver query question quip rage rasp recite recall
    sneer sniff snort soothe squeal squeak swear taunt thunder titter utter vow volunteer whine advise apologize apologise
    assent bawl blurt cackle caution chorus chant croon cut defend deny entreat falter finish fume grunt howl huff hum
    invite lament marvel nod notice offer persist puff rattle reason reassure relate remonstrate reprove screech shriek
    shrug simper smile splutter sputter submit threaten urge wheeze yawn deliver narrate announce dictate reveal contend
    gesture grin frown beam preface exhort expostulate rebuke reproach scoff scowl stipulate summarize surmise swallow squawk meow tweet hoot slur rumble boom trill coo gurgle wheedle`,
    `said says saying say spoke speaks speaking speak told tells telling tell cried cries went_on goes_on going_on put_in puts_in broke_in breaks_in
    burst_out bursts_out cut_in cuts_in quoth began begins beginning swore replied replies spat spits read_out wept began chimed_in pointed_out
    called_out calls_out cried_out cries_out shot_back shoots_back gave_back threw_in struck_in made_answer made_reply took_up`,
  ),
  think: english('wonder ponder muse', 'thought thinks thinking think said_to_himself said_to_herself thought_to_himself thought_to_herself'),
  sing: english('hum croon serenade', 'sang sings singing sing sung'),
};

const FR: SpeechVerbs = {
  say: spaced(`dit dis dirent disait disais disaient dira dirai fit fis firent faisait reprit repris reprirent répondit répondis répondirent répond répondait
    répliqua répliquai répliquait réplique demanda demandai demandait demande demandèrent écria écriai écriait écrie écrièrent cria criai criait crie
    ajouta ajoutai ajoutait ajoute continua continuai continuait continue murmura murmurai murmurait murmure poursuivit poursuivis poursuivait
    interrompit exclama exclamai exclamait exclame répéta répétai répétait répète balbutia balbutiait balbutiai bégaya bégayait souffla soupira soupirait
    gronda grondait grommela grommelait hurla hurlait observa objecta remarqua déclara déclarait affirma annonça expliqua expliquait chuchota chuchotait
    chuchote commença conclut riposta riait rit ricana insista protesta supplia ordonna lança lance jeta appela appelait proposa avoua
    questionna interrogea acheva assura conseilla confirma confia constata cria-t-on dicta éclata gémit gémissait geignit glapit grogna
    hasarda implora insinua intervint invita jura marmotta maugréa mugit nota opina précisa prononça promit railla rappela rectifia
    remercia repartit reconnut renchérit rétorqua risqua rugit sanglota siffla souhaita soutint suggéra susurra trancha vociféra
    articula bredouilla approuva accorda accentua argua avertit blâma clama concéda débita déclama exhorta formula fredonna menaça
    raconta recommanda récita redit redisait répartit réplique reproche soupire sourit tonna cria conte conta coupa`),
  think: spaced('pensa pensai pensait pense pensais songea songeai songeait songe'),
  sing: spaced('chanta chante chantait chantonna chantonne fredonne fredonnait'),
};

const DE: SpeechVerbs = {
  say: spaced(`sagt sagte sagten sagst fragt fragte fragten ruft rief riefen antwortet antwortete flüstert flüsterte schreit schrie schrien meint meinte murmelt murmelte
    erwidert erwiderte entgegnet entgegnete versetzte brüllt brüllte erklärt erklärte fügt fügte bemerkt bemerkte wiederholt wiederholte bat bittet
    seufzt seufzte stammelt stammelte stotterte lacht lachte knurrt knurrte zischt zischte spricht sprach befiehlt befahl begann beginnt behauptete
    erzählt erzählte gesteht gestand jammert jammerte schluchzt schluchzte wispert wisperte brummt brummte stöhnt stöhnte kreischt kreischte spottet spottete
    ergänzt ergänzte betont betonte droht drohte schimpft schimpfte faucht fauchte grinst grinste gab_zu verkündet verkündete warnt warnte keucht keuchte wollte_wissen fuhr_fort setzt setzte unterbrach unterbricht raunt raunte haucht hauchte gab_zurück`),
  think: spaced('denkt dachte überlegt überlegte'),
  sing: spaced('singt sang sangen summt summte'),
};

const ES: SpeechVerbs = {
  say: spaced(`dijo dije dice digo dijeron decía preguntó pregunté pregunta preguntaba respondió respondí responde contestó contesté contesta gritó grité grita gritaba
    exclamó exclama murmuró murmura murmuraba susurró susurra añadió añade agregó agrega replicó replica repuso continuó continúa prosiguió insistió insiste
    repitió repite ordenó ordena suplicó suplica explicó explica comentó comenta interrumpió advirtió advierte aseguró asegura admitió suspiró suspira
    rió ríe gruñó gruñe balbuceó tartamudeó anunció anuncia intervino aclaró afirmó afirma contó cuenta confesó confiesa declaró declara avisó avisa bramó sollozó bromeó bromea saludó saluda protestó protesta sugirió propuso pidió pide rogó masculló musitó`),
  think: spaced('pensó pensé piensa pensaba'),
  sing: spaced('cantó canta cantaba tararea tarareó'),
};

const IT: SpeechVerbs = {
  say: spaced(`disse dissi dice dico dissero diceva domandò chiese chiesi chiede chiedeva rispose risposi risponde rispondeva gridò grida gridava esclamò esclama mormorò mormora
    sussurrò sussurra aggiunse aggiunge replicò replica continuò continua proseguì ripeté ripete ordinò ordina insistette insiste spiegò spiega interruppe
    sospirò sospira rise ride balbettò urlò urla osservò annunciò annuncia fece implorò supplicò ribatté propose suggerì borbottò commentò avvertì ammise raccontò racconta confessò confessa dichiarò dichiara avvisò bisbigliò bisbiglia singhiozzò salutò saluta protestò protesta confermò`),
  think: spaced('pensò pensai pensa pensava'),
  sing: spaced('cantò canta cantava canticchia'),
};

const PT: SpeechVerbs = {
  say: spaced(`disse diz digo disseram dizia perguntou perguntei pergunta perguntava respondeu respondi responde gritou gritei grita gritava exclamou exclama murmurou murmura
    sussurrou sussurra acrescentou acrescenta replicou replica continuou continua prosseguiu insistiu insiste repetiu repete ordenou ordena explicou explica
    interrompeu suspirou suspira riu ri resmungou balbuciou observou anunciou anuncia tornou retorquiu falou fala pediu pede implorou comentou contou conta avisou avisa declarou declara bradou berrou berra gemeu soluçou protestou protesta cumprimentou confessou afirmou afirma`),
  think: spaced('pensou pensei pensa pensava'),
  sing: spaced('cantou canta cantava cantarola'),
};

const RU: SpeechVerbs = {
  say: spaced(`сказал сказала сказали сказало говорит говорил говорила говорили спросил спросила спросили спрашивает спрашивал спрашивала ответил ответила ответили отвечает отвечал отвечала
    крикнул крикнула кричит кричал кричала закричал закричала воскликнул воскликнула прошептал прошептала шепчет шептал шептала пробормотал пробормотала
    добавил добавила продолжал продолжала продолжил продолжила повторил повторила возразил возразила заметил заметила произнёс произнес произнесла
    промолвил промолвила проговорил проговорила буркнул буркнула вздохнул вздохнула засмеялся засмеялась усмехнулся усмехнулась приказал приказала
    попросил попросила объяснил объяснила предложил предложила перебил перебила отозвался отозвалась объявил объявила начал начала заявил заявила
    обратился обратилась согласился согласилась признался призналась рявкнул рявкнула заорал заорала простонал простонала шепнул шепнула рассказал рассказала рассказывает пояснил пояснила хмыкнул хмыкнула всхлипнул всхлипнула напомнил напомнила потребовал потребовала
    взмолился взмолилась выдохнул выдохнула процедил процедила подтвердил подтвердила откликнулся откликнулась отрезал отрезала удивился удивилась обрадовался обрадовалась
    предупредил предупредила пошутил пошутила проворчал проворчала ворчит улыбнулся улыбнулась`),
  think: spaced('подумал подумала думает думал думала'),
  sing: spaced('поёт поет пел пела запел запела напевает'),
};

const ZH: SpeechVerbs = {
  say: spaced('说道 说 問道 问道 问 問 答道 回答 答 喊道 喊 叫道 叫 (?<![街知味跑轨隧通频赛车管航河地])道 低声说 轻声说 笑道 怒道 嚷道 嚷 吼道 吼 叹道 解释道 回应 開口 开口 補充道 补充道 補充 补充 說道 說 大喊 大叫 耳语 低语 宣布 命令'),
  think: spaced('想道 心想 暗想 想'),
  sing: spaced('唱道 唱着 唱'),
};

const JA: SpeechVerbs = {
  say: spaced('言った 言う 言い 言って いった 云った 尋ねた 尋ねる 聞いた 訊いた 答えた 答える 叫んだ 叫ぶ 囁いた 囁く ささやいた ささやく つぶやいた つぶやく 呟いた 呟く 話した 話す 続けた 笑った 返した 呼んだ 述べた 怒鳴った 頼んだ 命じた'),
  think: spaced('思った 思う 考えた'),
  sing: spaced('歌った 歌う 歌って'),
};

export const SPEECH_VERBS: Record<string, SpeechVerbs> = { en: EN, fr: FR, de: DE, es: ES, it: IT, pt: PT, ru: RU, zh: ZH, ja: JA };

/** All three kinds of verbs of a language. */
export function allVerbs(language: string): string {
  const verbs = SPEECH_VERBS[language] ?? EN;
  return `${verbs.say}|${verbs.think}|${verbs.sing}`;
}
