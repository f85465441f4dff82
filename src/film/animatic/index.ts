export { makeAnimatic, type AnimaticRequest, type AnimaticResult } from './make-animatic.ts';
