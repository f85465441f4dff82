/** One clip's place in the film. */
export interface CutPart {
  /** An MP4 file. */
  path: string;
  /** Where the part starts within the clip, in seconds, 0 or more. */
  inS: number;
  /** Where it ends, in seconds, exclusive; `undefined` is the clip's end. */
  outS: number | undefined;
}
