/**
 * LitBank names a person by one mention of many; where the text has a name for the same person, it stands here, by book.
 * Read off the texts, used to measure only: without it `Winterbourne` is wrong because the corpus says `young American`.
 */
export const OTHER_NAMES: Record<string, Record<string, readonly string[]>> = {
  '1155_the_secret_adversary': { TOMMY: ['the young man'], Tuppence: ['the girl', 'Prudence Cowley', 'Miss Prudence Cowley'] },
  '1206_the_flying_u_ranch': { 'Mr  Rapponi': ['the Native Son', 'Miguel'] },
  '12677_personality_plus_some_experiences_of_emma_mcchesney_and_her_son_jock': { 'his mother': ['Emma McChesney', 'Mrs. McChesney'] },
  '18581_adrift_in_new_york_tom_and_florence_braving_the_world': { Uncle: ['John Linden', 'Mr. Linden', 'his uncle', 'her uncle'], Florence: ['Florence Linden', 'his cousin'], 'Curtis Waring': ['her cousin'], Nurse: ['the old woman'] },
  '208_daisy_miller_a_study': { 'young American': ['Winterbourne'], 'a small boy': ['Randolph', 'the child', 'this vivacious infant', 'his young interlocutor'], 'my sister': ['the young lady'] },
  '730_oliver_twist': { Nurse: ['the old woman', 'the nurse'] },
  '1342_pride_and_prejudice': { 'Mrs Bennet': ['his wife', 'his lady', 'her mother'], 'Mr Bennet': ['her father'] },
  '2084_the_way_of_all_flesh': { 'Mr  Pontifex': ['old Pontifex'], 'Edward Overton': ['Edward', 'Narrator'] },
  '215_the_call_of_the_wild': { 'man sold to': ['the man', 'the stranger', 'the kidnapper'] },
  '217_sons_and_lovers': { 'Mrs  Morel': ['the mother'], 'William Morel': ['the lad', 'William'], 'Annie Morel': ['Annie'] },
  '233_sister_carrie_a_novel': { 'Caroline Meeber': ['Carrie', 'Sister Carrie'], 'a man': ['a voice', 'Drouet', 'Charles H. Drouet'] },
  '2807_to_have_and_to_hold': { 'Ralph Percy': ['Ralph'] },
  '345_dracula': { 'JONATHAN HARKER': ['Narrator'] },
  '76_adventures_of_huckleberry_finn': { Huck: ['Narrator', 'Huckleberry'] },
  '33_the_scarlet_letter': { 'a man in the crowd': ['a man'] },
  '432_the_ambassadors': { 'a lady who met his eyes as with an intention suddenly determined   and whose features -- not freshly young   not markedly fine   but on happy terms with each other -- came back to him as from a recent vision': ['Strether’s new acquaintance', "Strether's new acquaintance"] },
  '44_the_song_of_the_lark': { 'Dr  Howard Archie': ['the doctor', 'Dr. Archie'], 'Mr  Kronborg': ['Peter Kronborg'] },
  '472_the_house_behind_the_cedars': { 'a young man who came out of the front door of the Patesville Hotel about nine o clock one fine morning in spring   a few years after the Civil War   and started down Front Street toward the market-house': ['Warwick', 'John Warwick'], 'a colored man': ['the undertaker', 'the coffin-maker'] },
  '5230_the_invisible_man_a_grotesque_romance': { 'THE STRANGE MAN': ['her visitor', 'the stranger', 'the visitor'] },
  '711_allan_quatermain': { 'Captain John Good   RN': ['Good', 'Captain Good', 'Captain John Good'], 'Sir Henry Curtis': ['Sir Henry'] },
  '766_david_copperfield': { 'Aunt Betsey Trotwood': ['Miss Betsey', 'Miss Trotwood', 'the visitor'] },
  '95_the_prisoner_of_zenda': { Rose: ['my sister-in-law', 'my brother’s wife'], 'Robert brother': ['Robert', 'my brother'] },
};
