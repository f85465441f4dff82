import { expect, it } from 'vitest';
import { isOnlyTold } from './seen-or-told.ts';

it.each([
  'He had never said as much before, and he had often been piqued by it.',
  'Buck did not read the newspapers, or he would have known that trouble was brewing.',
  'She was not sure she had heard him, and was about to repeat her question.',
  'These men wanted dogs, and the dogs they wanted were heavy dogs, with muscles by which to toil.',
  'He took the matter as an affront.',
  'He knew that Manuel ran away every night.',
  'It was true, she thought.',
  'The natives complained that their men were enticed away, and that few returned.',
  'Why were they keeping him in this narrow crate?',
  'He weighed only one hundred and forty pounds.',
  'Mrs. Hall had cooked the ham, laid the table, and done everything, while Millie (help indeed!) had only delayed the mustard.',
])('cannot be seen: %s', (sentence) => {
  expect(isOnlyTold(sentence)).toBe(true);
});

it.each([
  'Ida ran down the jetty, coat open.',
  'She unfolded the letter he had never meant to send.',
  'He staggered into the inn.',
  'There was a youthful private who listened with eager ears.',
  'A corporal began to swear.',
  'Dust on everything.',
  'She thinks.',
  'It was a long low room with a broken window.',
  'Holmes was seated at the breakfast table.',
  'The man did not move, and the door opened.',
])('is a picture: %s', (sentence) => {
  expect(isOnlyTold(sentence)).toBe(false);
});
