import { Option, type Command } from 'commander';
import type { ServeOptions } from './serve-command.ts';
import type { KeysSetOptions, PruneOptions, RecoverCommandOptions, SandboxCommandOptions } from './keeping-options.ts';
import { parseAge, parseSize, positiveNumber, wholeNumber } from './options.ts';
import { addCommonOptions, examples, word } from './program-help.ts';
import type { Run } from './program-run.ts';
import type { CommonOptions } from './session.ts';

const KEEPING = 'Keeping house:';
const KLING = 'Kling and its stand-in:';

/** The words that look after keys, clips and projects. */
export function addKeepingCommands(program: Command, run: Run): void {
  addProjectCommands(program, run);
  addCacheCommands(program, run);

  const recover = word(program, KEEPING, 'recover', 'bring our clips of the last 30 days here from the account; spends nothing');
  recover.addOption(new Option('--sandbox', "the sandbox's account also when a Kling key is set"));
  examples(recover, ['recover', 'after a lost disk or home, on a new machine, after an older backup']);
  recover.addHelpText('after', '\nExit codes: 0 everything that was found is here · 1 something is gone, or not finished yet · 2 could not run · 130 stopped');
  recover.action(async (_: unknown, command: Command) => {
    const options = command.optsWithGlobals<RecoverCommandOptions>();
    await run(options, async (session) => (await import('./recover-command.ts')).recoverCommand(session, options));
  });

  const doctor = word(program, KEEPING, 'doctor', 'check this machine: versions, disk, key, codecs, database');
  examples(doctor, ['doctor', 'what to send with a question; shows no secret']);
  doctor.action(async (_: unknown, command: Command) => {
    await run(command.optsWithGlobals<CommonOptions>(), async (session) => (await import('./doctor-command.ts')).doctorCommand(session));
  });

  addKeyCommands(program, run);

  const models = word(program, KLING, 'models', 'every Kling model: lengths, modes, prices, features, whether it still exists');
  models.addOption(new Option('--all', 'also models that Kling has shut'));
  examples(models, ['models', 'the living ones'], ['models --all', 'and those that are gone']);
  models.action(async (_: unknown, command: Command) => {
    const options = command.optsWithGlobals<CommonOptions & { all?: boolean }>();
    await run(options, async (session) => (await import('./models-command.ts')).modelsCommand(session, options.all === true));
  });

  const sandbox = word(program, KLING, 'sandbox', "run a server that speaks Kling's API and makes practice clips");
  sandbox
    .addOption(new Option('--port <number>', 'where it listens on 127.0.0.1; 0 is any free port').argParser(wholeNumber(0, 65_535)).default(8787))
    .addOption(new Option('--folder <folder>', 'its tasks and clips (default: sandbox-server in the home)'))
    .addOption(new Option('--speed <factor>', "how many times faster than Kling's own pace").argParser(positiveNumber).default(10))
    .addOption(new Option('--slots <number>', 'tasks at once per model').argParser(wholeNumber(0, 10_000)))
    .addOption(new Option('--units <number>', 'play money of a new folder').argParser(wholeNumber(0, 1_000_000)))
    .addOption(new Option('--retired <how>', 'what happens to models that Kling has shut').choices(['as-seen', 'served', 'refused']))
    .addOption(new Option('--faults <kinds>', 'what goes wrong and how often: kind=probability, or kind=probability:milliseconds, with commas between; a wrong kind names them all'))
    .addOption(new Option('--seed <word>', 'makes chance repeatable: the same requests meet the same faults and take as long'));
  examples(
    sandbox,
    ['sandbox', 'prints its address and key; Ctrl-C ends it'],
    ['sandbox --slots 2 --units 10', 'a small account, to see it run full and empty'],
    ['sandbox --faults create-reset-after=0.2,poll-502=0.1 --seed 7', 'a fifth of the answers to creates lost after they were accepted, a tenth of the polls broken'],
    ['sandbox --faults task-failed-moderation=0.3,download-cut=0.5', 'three of ten shots refused by moderation, every other download cut'],
    ['sandbox --faults create-hidden=1:8000', 'every task found only 8 s after it was made'],
  );
  sandbox.action(async (_: unknown, command: Command) => {
    const options = command.optsWithGlobals<SandboxCommandOptions>();
    await run(options, async (session) => (await import('./sandbox-command.ts')).sandboxCommand(session, options));
  });

  const serve = word(program, KEEPING, 'serve', 'the studio in the browser: write, cast, film, choose takes and cut');
  serve
    .addOption(new Option('--port <number>', 'where it listens (default: 4747, or any free one when that is taken)').argParser(wholeNumber(0, 65_535)))
    .addOption(new Option('--host <address>', 'listen beyond this machine; needs a password in DIRECTORSTUDIO_PASSWORD (default: 127.0.0.1)'))
    .addOption(new Option('--no-open', 'say the address only; on a terminal the page is opened at once'))
    .addOption(new Option('--allow-host <name...>', 'names under which the page is opened, beside localhost and addresses'));
  examples(serve, ['serve', 'on this machine only'], ['serve --port 8080', 'at http://127.0.0.1:8080'], ['DIRECTORSTUDIO_PASSWORD=... directorstudio serve --host 0.0.0.0', 'for the other machines of your network too']);
  serve.action(async (_: unknown, command: Command) => {
    const options = command.optsWithGlobals<ServeOptions>();
    await run(options, async (session) => (await import('./serve-command.ts')).serveCommand(session, options));
  });
}

function addProjectCommands(program: Command, run: Run): void {
  const project = program.command('project').description('the films in this home: list, remove').helpGroup(KEEPING);
  const list = addCommonOptions(project.command('list').description('every film, the one touched last first'));
  examples(list, ['project list', '']);
  list.action(async (_: unknown, command: Command) => {
    await run(command.optsWithGlobals<CommonOptions>(), async (session) => (await import('./project-commands.ts')).projectListCommand(session));
  });
  const remove = addCommonOptions(project.command('remove <name>').description('forget a film and its shots; its clips stay in the cache, its bill in the ledger'));
  remove.addOption(new Option('--yes', 'without asking'));
  examples(remove, ['project remove story.txt', '']);
  remove.action(async (name: string, _: unknown, command: Command) => {
    const options = command.optsWithGlobals<CommonOptions & { yes?: boolean }>();
    await run(options, async (session) => (await import('./project-commands.ts')).projectRemoveCommand(session, name, options.yes === true));
  });
}

function addCacheCommands(program: Command, run: Run): void {
  const cache = program.command('cache').description('the clips on this disk: size, verify, prune, clear').helpGroup(KEEPING);
  const size = addCommonOptions(cache.command('size').description('how many clips, how much disk'));
  size.action(async (_: unknown, command: Command) => {
    await run(command.optsWithGlobals<CommonOptions>(), async (session) => (await import('./cache-commands.ts')).cacheSizeCommand(session));
  });
  const verify = addCommonOptions(cache.command('verify').description('read every clip; damaged ones are set aside, to be fetched again'));
  verify.action(async (_: unknown, command: Command) => {
    await run(command.optsWithGlobals<CommonOptions>(), async (session) => (await import('./cache-commands.ts')).cacheVerifyCommand(session));
  });
  const prune = addCommonOptions(cache.command('prune').description('remove clips that no film uses, those unused for longest first'));
  prune
    .addOption(new Option('--max-size <size>', 'until the cache has at most this size, such as 5GB').argParser(parseSize))
    .addOption(new Option('--max-age <age>', 'those not used for this long, such as 30d').argParser(parseAge))
    .addOption(new Option('--force', 'also clips that films use'))
    .addOption(new Option('--yes', 'without asking'));
  examples(prune, ['cache prune --max-age 30d', ''], ['cache prune --max-size 5GB', '']);
  prune.action(async (_: unknown, command: Command) => {
    const options = command.optsWithGlobals<PruneOptions>();
    await run(options, async (session) => (await import('./cache-commands.ts')).cachePruneCommand(session, options));
  });
  const clear = addCommonOptions(cache.command('clear').description('remove every clip that no film uses'));
  clear.addOption(new Option('--force', 'also clips that films use')).addOption(new Option('--yes', 'without asking'));
  examples(clear, ['cache clear', 'films keep their clips'], ['cache clear --force', 'everything; says first what cannot be fetched again']);
  clear.action(async (_: unknown, command: Command) => {
    const options = command.optsWithGlobals<PruneOptions>();
    await run(options, async (session) => (await import('./cache-commands.ts')).cacheClearCommand(session, options));
  });
}

function addKeyCommands(program: Command, run: Run): void {
  const keys = program.command('keys').description('your Kling keys: set, list, check, remove').helpGroup(KLING);
  const set = addCommonOptions(keys.command('set').description('keep a key in the keychain, or in a file only you can read; it is asked for, never an argument'));
  set
    .addOption(new Option('--pair', 'an access key and a secret key instead of an API key'))
    .addOption(new Option('--base-url <url>', 'the address the key belongs to (keys belong to a region)'))
    .addOption(new Option('--where <place>', 'insist on a place').choices(['keychain', 'file']));
  examples(set, ['keys set', 'asks for the API key without showing it'], ['keys set --pair < two-lines.txt', 'access key and secret key, a line each']);
  set.action(async (_: unknown, command: Command) => {
    const options = command.optsWithGlobals<KeysSetOptions>();
    await run(options, async (session) => (await import('./keys-commands.ts')).keysSetCommand(session, options));
  });
  const simple = {
    list: { does: 'every place that holds a key, made unreadable, the one in use first', exits: '0 done · 1 done, but one of the places cannot be used' },
    check: { does: 'ask Kling whether the key works; costs nothing', exits: '0 Kling takes the key · 2 Kling refuses it, could not be asked, or there is no key' },
    remove: { does: 'remove the stored keys from keychain and file', exits: '0 done, also when there was none · 2 could not be removed' },
  } as const;
  for (const name of ['list', 'check', 'remove'] as const) {
    const command = addCommonOptions(keys.command(name).description(simple[name].does)).addHelpText('after', `\nExit codes: ${simple[name].exits}`);
    command.action(async (_: unknown, called: Command) => {
      await run(called.optsWithGlobals<CommonOptions>(), async (session) => {
        const commands = await import('./keys-commands.ts');
        return await { list: commands.keysListCommand, check: commands.keysCheckCommand, remove: commands.keysRemoveCommand }[name](session);
      });
    });
  }
}
