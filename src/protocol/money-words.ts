// How money is said is one thing for command line and page; the page may import nothing of src/ but this folder.
export { moneyWords } from '../lib/money-words.ts';
