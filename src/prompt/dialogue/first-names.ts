export type Gender = 'female' | 'male' | 'unknown';

/**
 * Frequent first names of the languages that are read here, where nearly everybody of that name is a woman, or a man.
 * Names that both bear (Robin, Kim, Andrea) are left out: a wrong gender costs more than none.
 */
const WOMEN = `abigail ada adele agatha agnes alexandra alice alison amanda amelia amy anastasia angela anita ann anna anne annette annie antonia antonietta anya
  audrey barbara beatrice beatrix bella bertha beth betsey betsy betty brenda brigitte carla carmen carol carolina caroline carrie catherine cathy cecilia cecily celeste
  celia chantal charlotte chiara christina christine clara claire clarissa claudia colette concepción constance cordelia cornelia daisy deborah delia denise diana dina
  dolores dora doris dorothea dorothy edith elaine eleanor elena eleonore elisabeth elise eliza elizabeth ella ellen elsa elsie emilia emily emma erica erika estella
  esther ethel eugenia eva eve evelyn fanny felicity fiona flora florence frances francesca freda frieda gertrude ginny gisela giulia gloria grace greta gretchen gwen
  hannah harriet hedwig heidi helen helena helga henrietta hermione hilda hortense ida ines inge ingrid irene irina iris isabel isabella isabelle ivana jane janet
  jeanne jeannette jemima jennifer jenny jessica jill joan joanna josephine josefa jo judith judy julia juliana julie juliet karen karin kate katharina katherine
  kathleen katie kitty klara laetitia laura lavinia lena leonora léa liesel lilian lily linda lisa lizzie lizzy lois lola louisa louise lucia lucie lucille lucinda
  lucrezia lucy lydia mabel maddalena madeleine magda magdalena maggie marcella margaret margarita margery margot marguerite maria marianne marie marina marjorie
  marta martha martine mary mathilde matilda maud maude maureen meg mercedes mia milena mildred millie mina minnie miranda miriam molly monica monika myra nadia nancy
  naomi natalia natalie natasha nell nelly nicole nina nora norah odette olga olivia ophelia pamela patricia paula pauline pearl peggy penelope petra phoebe phyllis
  polly priya prudence rachel rebecca regina renata rita rosa rosalie rosalind rosamond rosanna rose rosemary rosie roxane ruth sabina sabine sally samantha sandra sara
  sarah selina sheila sibyl silvia simone sofia sonia sonja sophia sophie stella susan susanna susanne svetlana sylvia tamara tanya tatiana tess thea thelma theodora
  theresa therese tina ursula valentina valeria vanessa vera veronica victoria viola violet virginia vivian wilhelmina winifred yolanda yvette yvonne zelda zoe zoé
  анна мария елена ольга наталья татьяна вера надежда любовь катерина екатерина софья соня маша даша лиза варвара дуня наташа настя марфа`;
const MEN = `aaron abel abraham adam adolf adrian albert alberto aldo alec alejandro alessandro alexander alexei alfred alfredo alonzo alphonse alvin ambrose amos andré
  andreas andrei andrew angus anselm anthony antoine antonio anton archibald archie armand arnold arthur augustus axel barnaby bart bartholomew basil ben benedict
  benjamin bernard bert bertie bill billy bob boris brian bruce bruno caleb carl carlo carlos casper cecil cedric charles charley charlie chester christian christoph
  christopher clarence claude clement clifford clive conrad cornelius curtis cyril daniel dave david dennis dick diego dieter dimitri dmitri dominic donald duncan
  dwight earl ebenezer eddie edgar edmond edmund eduardo edward edwin elias emanuel emil enrico enrique eric erich ernest ernst ethan étienne eugene eustace fabio
  federico felix ferdinand fernando filippo florian floyd franz fred frederic frederick fritz gabriel gareth gaston geoffrey george georg georges gerald gerard
  giacomo gilbert giles giorgio giovanni giuseppe godfrey graham gregor gregory guido gustav guy hans harold harry harvey hector heinrich heinz helmut henri henry
  herbert hermann homer horace howard hubert hugh hugo humphrey ian ignatius igor ira isaac ivan jack jacob jacques jake james jan jasper javier jean jeff jeffrey
  jeremiah jeremy jerome jerry jim jimmy joachim joaquín joe joel johan johann john jonas jonathan jorge josé josef joseph joshua juan juan jules julian julien julius
  jürgen karl keith kenneth klaus konrad kurt lambert laurence lawrence leon leonard leopold leroy lester lewis lionel lorenzo louis lucas luca luciano lucien ludwig
  luigi luis luke luther malcolm manfred manuel marc marcel marco marcus mario mark martin matteo matthew matthias maurice max maximilian michael michel miguel mikhail
  miles moritz mortimer moses nathan nathaniel ned neil nicholas nick nicolas niels nigel nikolai noah norman oliver olivier oscar oskar oswald otto owen pablo paolo
  pascal patrick paul pavel pedro percival percy peter philip philippe pierre quentin rafael ralph ramón raoul raphael raymond reginald rené reuben ricardo richard
  rob robert roberto roderick rodrigo roger roland roman ronald rudolf rudolph rufus rupert salvatore sam samuel sancho saul sebastian sergei sergio seth sherlock sidney
  siegfried sigmund silas simon solomon stanley stefan stephan stephen steve steven stuart ted terence theodor theodore theo thomas thierry tim timothy tobias toby tom
  tommy tony tristan ulrich ulysses umberto victor vincent vladimir walt walter warren werner wilbur wilfred wilhelm will william willie willy winston wolfgang xavier
  yves иван пётр петр николай алексей дмитрий александр андрей сергей михаил павел фёдор федор василий григорий илья владимир степан`;

const GENDERS = new Map<string, Gender>([
  ...WOMEN.trim().split(/\s+/).map((name) => [name, 'female'] as const),
  ...MEN.trim().split(/\s+/).map((name) => [name, 'male'] as const),
]);

/** By the first of its names that is known. */
export function genderOfFirstName(name: string): Gender {
  for (const word of name.toLowerCase().split(/[\s-]+/)) {
    const gender = GENDERS.get(word);
    if (gender !== undefined) return gender;
  }
  return 'unknown';
}
