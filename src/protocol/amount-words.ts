// As money-words.ts: the page says a size as the command line does.
export { bytes as sizeWords } from '../lib/amount-words.ts';
