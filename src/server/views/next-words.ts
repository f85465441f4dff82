/** Where the page has what the command line calls by a word; the longest phrase first. */
const IN_THE_PAGE: readonly [RegExp, string][] = [
  [/directorstudio resume --cap UNITS \(or --cap none\) goes on with a higher cap/g, 'raise the cap of the film on its board, then make the clips'],
  [/Set KLING_API_KEY or run directorstudio keys set\. To look at the film with play clips instead, add --sandbox/g, 'Put the key in under Settings'],
  [/; --partial (hands off drawings|cuts a film of drawings)/g, '; with stand-ins it $1'],
  [/Try again with directorstudio retake/g, 'Make one more take'],
  [/directorstudio (?:resume|generate|film)\b/g, 'making the clips on the board'],
  [/directorstudio retake\b/g, 'one more take'],
  [/directorstudio (?:status|history \S+)/g, 'the board'],
  [/directorstudio project list\b/g, 'the list of films'],
  [/the output of directorstudio doctor\b/g, 'the diagnostics of Settings'],
  [/directorstudio doctor\b/g, 'the diagnostics of Settings'],
  [/ \(`directorstudio cache \.\.\.`\), then run this one again/g, ', then do this again'],
  [/\(`directorstudio cache prune` removes clips no project uses\), then run the same command again/g, '(Settings removes clips that no film uses), then do this again'],
  [/directorstudio (?:keys set|cache prune --max-age 30d)/g, 'Settings'],
];

/** What to do, in the words of somebody in front of the page. */
export function nextInPage(next: string): string {
  const said = IN_THE_PAGE.reduce((words, [command, there]) => words.replaceAll(command, there), next);
  return said.replaceAll(/(^|[.:] )([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
}
