import { Option, type Command } from 'commander';
import type { AnimaticOptions, FilmOptions, GenerateOptions, HandOffOptions, PlanCommandOptions, ProjectOption, ResumeOptions, RetakeOptions } from './film-options.ts';
import { ofFilm } from './film-word.ts';
import { parseCap, parseGain, wholeNumber } from './options.ts';
import { examples, word } from './program-help.ts';
import type { Run } from './program-run.ts';
import type { CommonOptions } from './session.ts';

const MAKING = 'Making a film:';
const SHOTS = 'Its shots and takes:';

/** The words that make films and work on their shots. */
export function addFilmCommands(program: Command, run: Run): void {
  const film = word(program, MAKING, 'film <script>', 'plan, generate and cut: a script becomes an MP4');
  film.addOption(new Option('-o, --output <file>', "where the film goes; an old one is replaced (default: the script's name + .mp4, here)"));
  addPlanOptions(film);
  addShotsOption(film);
  addSpendOptions(film);
  film.addOption(new Option('--partial', 'cut the film also when shots are missing: each is drawn, as long as its clip will be'));
  addUnderOptions(film, 'a voice or music under the whole film (WAV, MP3, M4A, Opus), remembered; none takes it away', 'how loud it is, in decibels (default: 0 under a silent film, else -12)');
  examples(
    film,
    ['film story.txt', 'a shot per paragraph, story.mp4'],
    ['film story.fountain', 'a screenplay, scene by scene; Final Draft (.fdx), Word and PDF too'],
    ["film story.txt --model 2.5-turbo-pro --cap '$5'", 'another model, at most five dollars'],
    ['film shots.csv --sandbox -o test.mp4', 'practise without Kling'],
    ['film story.txt --cast people.json', 'the same people and look in every shot; story.cast.json is found by itself'],
    ['film story.txt --under music.mp3 --under-db -18', 'with music, softly'],
  );
  film.action(async (script: string, _: unknown, command: Command) => {
    const options = command.optsWithGlobals<FilmOptions>();
    await run(options, async (session) => (await import('./film-command.ts')).filmCommand(session, script, options));
  });

  const plan = word(program, MAKING, 'plan <script>', 'the shots, the model and the cost; spends nothing');
  plan.addOption(new Option('-o, --output <file>', 'write the plan as a shot list to edit and film: .csv, .md or .json; an old one is replaced'));
  addPlanOptions(plan);
  addShotsOption(plan, ['output']);
  plan.addOption(new Option('--cap <amount>', "what a cap would leave waiting: units (12), dollars ('$5'), or none").argParser(parseCap));
  plan.addOption(new Option('-v, --all', 'also what is only worth knowing about each prompt'));
  examples(plan, ['plan story.txt', 'what film would make'], ['plan story.txt --model 2.0-master', 'what another model would cost'], ['plan story.txt --shots 3-5', 'what film --shots 3-5 would make and cost'], ['plan story.txt --cap 12', 'what twelve units would reach for'], ['plan story.txt -o shots.csv', 'a shot list for a spreadsheet; film shots.csv films it']);
  plan.action(async (script: string, _: unknown, command: Command) => {
    const options = command.optsWithGlobals<PlanCommandOptions>();
    await run(options, async (session) => (await import('./plan-command.ts')).planCommand(session, script, options));
  });

  const animatic = word(program, MAKING, 'animatic <script>', 'the film as drawings, to time and judge it by; needs no key, spends and saves nothing');
  animatic
    .addOption(new Option('-o, --output <file>', "where it goes; an old one is replaced (default: the script's name + .animatic.mp4, here)"))
    .addOption(new Option('--sheet <file>', 'a storyboard to print as well, six shots a page: .pdf, or .png in a file a page'))
    .addOption(new Option('--paper <size>', 'of the storyboard (default: a4)').choices(['a4', 'letter']));
  addUnderOptions(animatic, 'a scratch voice or music under it (WAV, MP3, M4A, Opus; default: what lies under the film); none: silent', 'how loud it is, in decibels (default: as under the film, else 0)');
  addReadingOptions(animatic);
  examples(animatic, ['animatic story.txt', 'story.animatic.mp4: every shot drawn, for its time on screen, with its lines'], ['animatic shots.csv --sheet board.pdf', 'with a storyboard on paper'], ['animatic story.txt --under scratch.wav', 'timed to a voice or to music'], ['animatic story.txt --aspect 9:16 -o upright.mp4', 'what another shape would look like']);
  animatic.action(async (script: string, _: unknown, command: Command) => {
    const options = command.optsWithGlobals<AnimaticOptions>();
    await run(options, async (session) => (await import('./animatic-command.ts')).animaticCommand(session, script, options));
  });

  const generate = word(program, MAKING, 'generate [film]', "bring in the shots of a planned film, without cutting it");
  addFilmWord(generate);
  addShotsOption(generate);
  addSpendOptions(generate);
  examples(generate, ['generate --shots 3,7-9', 'only these shots of the last film'], ['generate story.txt --retries 1', 'one more try where Kling failed']);
  generate.action(async (named: string | undefined, _: unknown, command: Command) => {
    const options = ofFilm(command.optsWithGlobals<GenerateOptions>(), named);
    await run(options, async (session) => (await import('./generate-command.ts')).generateCommand(session, options));
  });

  const resume = word(program, MAKING, 'resume [film]', 'go on with everything that is unfinished, and cut the films it was for');
  addFilmWord(resume, 'all that is unfinished');
  addSpendOptions(resume);
  resume.addOption(new Option('--partial', 'cut also when shots are missing: each is drawn'));
  examples(resume, ['resume', 'after Ctrl-C, a crash or a power cut'], ['resume story.txt', 'only this film']);
  resume.action(async (named: string | undefined, _: unknown, command: Command) => {
    const options = ofFilm(command.optsWithGlobals<ResumeOptions>(), named);
    await run(options, async (session) => (await import('./resume-command.ts')).resumeCommand(session, options));
  });

  const stop = word(program, MAKING, 'stop', 'stop the runs of other terminals in order, as Ctrl-C does there');
  examples(stop, ['stop', 'every run under this home; directorstudio resume goes on']);
  stop.action(async (_: unknown, command: Command) => {
    const options = command.optsWithGlobals<CommonOptions>();
    await run(options, async (session) => (await import('./stop-command.ts')).stopCommand(session));
  });

  const handoff = word(program, MAKING, 'handoff [film]', 'a folder that an editor opens; and the editor\'s order and trims back');
  addFilmWord(handoff);
  handoff
    .addOption(new Option('-o, --output <folder>', "where it goes (default: the film's name + .handoff, here)"))
    .addOption(new Option('--partial', 'hand off also when shots are missing: each is drawn'))
    .addOption(new Option('--read <file>', "cut the film in an editor's order and trims: .otio, .fcpxml or .edl").conflicts(['output', 'partial', 'scriptOrder']))
    .addOption(new Option('--script-order', "back to the script's order and trims").conflicts(['output', 'partial']));
  examples(
    handoff,
    ['handoff', 'timelines for Resolve, Premiere, Final Cut, Avid, with clips, subtitles and a contact sheet'],
    ['handoff story.txt -o ~/edit', 'another film, into a folder of your own'],
    ['handoff --read cut.otio', 'the film has that order and those trims from now on; costs nothing'],
    ['handoff --script-order', "the script's again"],
  );
  handoff.action(async (named: string | undefined, _: unknown, command: Command) => {
    const options = ofFilm(command.optsWithGlobals<HandOffOptions>(), named);
    await run(options, async (session) => (await import('./handoff-command.ts')).handoffCommand(session, options));
  });

  const status = word(program, SHOTS, 'status [film]', 'where every shot of a film stands, and what it has cost');
  addFilmWord(status);
  examples(status, ['status', 'the film you worked on last'], ['status story.txt', 'the film of that script']);
  status.action(async (named: string | undefined, _: unknown, command: Command) => {
    const options = ofFilm(command.optsWithGlobals<ProjectOption>(), named);
    await run(options, async (session) => (await import('./status-command.ts')).statusCommand(session, options));
  });

  const retake = word(program, SHOTS, 'retake <shot> [film]', 'make one more take of a shot, and select it');
  addFilmWord(retake);
  addSpendOptions(retake);
  retake.addOption(new Option('--withdraw', 'instead: give up its retakes that wait and were not sent yet'));
  examples(retake, ['retake 3', 'by its number in the film'], ['retake S02_SH05 story.txt', 'by its slate, in the film of that script'], ['retake 3 --withdraw', 'do without the one that waits for money']);
  retake.action(async (shot: string, named: string | undefined, _: unknown, command: Command) => {
    const options = ofFilm(command.optsWithGlobals<RetakeOptions>(), named);
    await run(options, async (session) => {
      if (options.withdraw === true) return (await import('./withdraw-retake.ts')).withdrawCommand(session, shot, options);
      return (await import('./retake-command.ts')).retakeCommand(session, shot, options);
    });
  });

  const select = word(program, SHOTS, 'select <shot> <take> [film]', 'choose the take that the film shows');
  addFilmWord(select);
  examples(select, ['select 3 1', 'back to the first take of shot 3'], ['select 3 1 story.txt', 'in the film of that script']);
  select.action(async (shot: string, take: string, named: string | undefined, _: unknown, command: Command) => {
    const options = ofFilm(command.optsWithGlobals<ProjectOption>(), named);
    await run(options, async (session) => (await import('./select-command.ts')).selectCommand(session, shot, take, options));
  });

  const history = word(program, SHOTS, 'history <shot> [film]', 'everything that happened to the takes of a shot');
  addFilmWord(history);
  examples(history, ['history 3', 'what was sent, answered, billed, and when'], ['history 3 story.txt', 'in the film of that script']);
  history.action(async (shot: string, named: string | undefined, _: unknown, command: Command) => {
    const options = ofFilm(command.optsWithGlobals<ProjectOption>(), named);
    await run(options, async (session) => (await import('./history-command.ts')).historyCommand(session, shot, options));
  });
}

/** The film as the last word, and as an option for those who named it with one. */
function addFilmWord(command: Command, without = 'the one touched last'): void {
  command.addHelpText('after', `\nFILM is its script or its name; without it: ${without}.`);
  command.addOption(new Option('--project <name>', 'the same as FILM'));
}

function addShotsOption(command: Command, conflicts: string[] = []): void {
  command.addOption(new Option('--shots <list>', 'only these: numbers, ranges or slates, such as 3,7-9').conflicts(conflicts));
}

function addUnderOptions(command: Command, file: string, gain: string): void {
  command.addOption(new Option('--under <file>', file)).addOption(new Option('--under-db <gain>', gain).argParser(parseGain));
}

/** How a script is read and planned. */
function addReadingOptions(command: Command): void {
  command
    .addOption(new Option('--project <name>', "a name for the film (default: the script's path)"))
    .addOption(new Option('--as <reading>', 'how to read the script').choices(['shots', 'prose', 'screenplay']))
    .addOption(new Option('--model <name>', "1.6-standard, 2.0-master, 2.5-turbo, ... or Kling's own name; auto: what suits the film (default: 2.5-turbo)"))
    .addOption(new Option('--mode <mode>', "the model's quality (default: std)").choices(['std', 'pro', '4k']))
    .addOption(new Option('--duration <seconds>', 'length of each clip; a line that takes longer is parted').argParser(wholeNumber(1, 60, 'Most models make 5 or 10; directorstudio models lists them.')))
    .addOption(new Option('--aspect <ratio>', 'shape of the picture (default: 16:9)').choices(['16:9', '9:16', '1:1']))
    .addOption(new Option('--takes <number>', 'takes of every shot').argParser(wholeNumber(1, 99)))
    .addOption(new Option('--pace <pace>', 'how a story or screenplay is cut: calm holds its pictures longer, brisk cuts more (default: even)').choices(['calm', 'even', 'brisk']))
    .addOption(new Option('--cast <file>', 'characters and look of the film, as JSON; none: without (default: as before, else SCRIPT.cast.json beside the script)'))
    .addOption(new Option('--replan', 'plan unchanged shots anew as well, with these options; shows the cost first'));
}

function addPlanOptions(command: Command): void {
  addReadingOptions(command);
  command
    .addOption(new Option('--prefer <preference>', 'what the advised model goes by (default: balanced)').choices(['cheap', 'balanced', 'best']))
    .addOption(new Option('--fix', 'apply the fixes of errors and warnings to what is planned, and show them; the script stays as it is, and so do shots that are filmed'))
    .addOption(new Option('--strict', 'stop on warnings about the prompts as well'))
    .addOption(new Option('--anyway', 'film prompts with errors all the same: Kling decides'))
    .addOption(new Option('--negative <words>', 'what must not be seen'))
    .addOption(new Option('--sandbox', 'practise in the sandbox also when a Kling key is set'));
}

function addSpendOptions(command: Command): void {
  command
    .addOption(new Option('--cap <amount>', "the most this film may ever cost: units (12), dollars ('$5'), or none").argParser(parseCap))
    .addOption(new Option('--retries <number>', 'new attempts per take after failures at Kling; each may cost').argParser(wholeNumber(0, 9)))
    .addOption(new Option('--concurrency <number>', 'at most this many at Kling at once').argParser(wholeNumber(1, 1000)))
    .addOption(new Option('--yes', 'spend what is shown without asking'));
  if (!command.options.some(({ long }) => long === '--sandbox')) command.addOption(new Option('--sandbox', 'practise in the sandbox also when a Kling key is set'));
}
