import { AT_KLING_STATUSES, type ProjectPrompt, type Take } from '../store/index.ts';

/**
 * What to do about shots that have no clip: those that are under way are waited for, the others are made.
 * @param missing slates. @param orElse what can be done without them.
 */
export function missingAdvice(missing: readonly string[], prompts: readonly ProjectPrompt[], takes: readonly Take[], orElse: string): string {
  const ids = new Map(prompts.map(({ id, name }) => [name, id]));
  const underWay = missing.filter((name) => takes.some(({ shotId, generation }) => shotId === ids.get(name) && AT_KLING_STATUSES.includes(generation.state.status)));
  const toMake = missing.length - underWay.length;
  if (underWay.length === 0) return `Make ${toMake === 1 ? 'it' : 'them'} with directorstudio generate, or ${orElse}`;
  const fetch = `${underWay.length === missing.length ? (underWay.length === 1 ? 'It is' : 'They are') : `${underWay.join(', ')} ${underWay.length === 1 ? 'is' : 'are'}`} under way: directorstudio resume brings ${underWay.length === 1 ? 'it' : 'them'} in and pays for nothing twice.`;
  return `${fetch} ${toMake > 0 ? `The ${toMake === 1 ? 'other is' : 'others are'} made by directorstudio generate. ` : ''}Or ${orElse}`;
}
