import { Option, type Command } from 'commander';
import { folderName } from './options.ts';

/** On the program and on every word, so that they may stand before or after it. */
export function addCommonOptions(command: Command): Command {
  return command
    .addOption(new Option('--home <folder>', 'where projects, clips and the ledger are kept (default: DIRECTORSTUDIO_HOME, else your data folder)').argParser(folderName))
    .addOption(new Option('--json', 'JSON Lines on standard output, everything else on standard error'));
}

/** Examples below a word's options. */
export function examples(command: Command, ...lines: [string, string][]): void {
  const width = Math.max(...lines.map(([words]) => words.length));
  command.addHelpText('after', `\nExamples:\n${lines.map(([words, does]) => `  directorstudio ${words.padEnd(width)}   ${does}`).join('\n')}`);
}

/** A word in its group, with the options every word has. */
export function word(program: Command, group: string, usage: string, description: string): Command {
  return addCommonOptions(program.command(usage).description(description).helpGroup(group));
}
