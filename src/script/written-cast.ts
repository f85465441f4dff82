/** What says how a film looks, in the order in which it is sent. */
export const LOOK_FIELDS = ['style', 'lens', 'light', 'palette'] as const;

/** A character as people write it. */
export interface WrittenCharacter {
  name: string;
  words?: string;
  /** `#rrggbb` */
  colour?: string;
  /** Paths from the folder of the file they stand in, or https addresses. */
  pictures?: string[];
}

/** What holds for every shot of a film, as people write it. */
export interface WrittenCast {
  cast: WrittenCharacter[];
  look: Partial<Record<(typeof LOOK_FIELDS)[number], string>>;
}
