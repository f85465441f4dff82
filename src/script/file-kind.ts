/** What a file is by its first bytes, in words for a person; `undefined` when it may be text. */
export function binaryKind(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  return BEGINNINGS.find(({ hex }) => hex.test(start))?.kind;
}

// Each asks for enough that a sentence cannot begin with it ("The old WAVE ...", "ID3 tags ...").
const BEGINNINGS: readonly { hex: RegExp; kind: string }[] = [
  { hex: /^255044462d/, kind: 'a PDF' },
  { hex: /^504b0304/, kind: 'a zip archive (Word, Pages and Excel files are zip archives)' },
  { hex: /^d0cf11e0/, kind: 'an old Word or Excel file' },
  { hex: /^7b5c727466/, kind: 'a rich text (RTF) file' },
  { hex: /^00.{6}66747970/, kind: 'a video (MP4 or MOV)' },
  { hex: /^1a45dfa3/, kind: 'a video (WebM or MKV)' },
  { hex: /^ffd8ff/, kind: 'a JPEG picture' },
  { hex: /^89504e47/, kind: 'a PNG picture' },
  { hex: /^47494638(37|39)61/, kind: 'a GIF picture' },
  { hex: /^52494646.{8}57454250/, kind: 'a WebP picture' },
  { hex: /^52494646.{8}57415645/, kind: 'a sound file (WAV)' },
  { hex: /^4944330/, kind: 'a sound file (MP3)' },
  { hex: /^4f67675300/, kind: 'a sound or video file (Ogg)' },
  { hex: /^1f8b/, kind: 'a gzip archive' },
  { hex: /^7f454c46/, kind: 'a program' },
  { hex: /^53514c69746520666f726d6174/, kind: 'a database' },
];
