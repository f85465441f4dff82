/**
 * Raised whenever a drawing changes for words that stayed the same: a film with drawings in it is then cut again, instead of
 * being taken for the one that is there. Its test sees every change of the artist.
 */
export const ARTIST_VERSION = 9;
