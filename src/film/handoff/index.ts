export { fileName } from './folder.ts';
export { makeHandOff, type HandOffRequest, type HandOffResult } from './hand-off.ts';
export { readEdit, type EditReading, type EditRequest } from './read-edit.ts';
