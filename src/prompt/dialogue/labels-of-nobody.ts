/**
 * Labels of prompts, shot lists and scripts behind which stands no speech: what a shot is, how it looks, what is heard beside the
 * voices. In all the languages at once, because people mix them (`Kamera: slow push-in`). A word missing here makes somebody of it.
 */
const LABELS: Record<string, string> = {
  'the picture': `shots? scenes? camera cam lens angle framing composition movements? motion view pov close-?up wide medium insert montage focus frames?
    start_frame end_frame cut transitions? format fps aspect aspect_ratio ratio resolution quality size speed`,
  'the look': 'visuals? style mood vibe lighting lights? atmosphere palette colou?rs? tones? genre theme look texture wardrobe costumes? props? background foreground environment weather season era period',
  'the sound': 'audio sounds? sfx fx foley music score soundtrack ambience ambiance ambient effects? vfx',
  'what is to be read': 'titles? subtitles? captions? text overlay on-screen_text logo super title_card tagline headline',
  'the plan': `setting location place time duration length actions? notes? prompts? negative negative_prompt subjects? characters? cast description pacing tempo rhythm
    model mode seed keywords? tags? details? context summary synopsis logline beats? plot story example warning tip steps? part chapter section act episode sequence
    references? source link url https? int ext exterior interior opening middle ending intro outro hook`,
  'German': `kamera szene einstellung licht beleuchtung musik ton stimmung stil ort zeit nahaufnahme gro(?:ß|ss)aufnahme detailaufnahme halbtotale totale nah halbnah
    schnitt titel figuren geräusche handlung`,
  'French': `plan plan_large plan_moyen plan_serré plan_fixe gros_plan très_gros_plan plan_d['’]ensemble scène caméra lumière éclairage musique ambiance lieu décor temps
    titre son sons action cadre style personnages`,
  'Spanish': 'cámara escena estilo luz música plano plano_medio plano_general plano_detalle primer_plano primerísimo_primer_plano toma lugar título sonido acción iluminación ambiente personajes',
  'Italian': 'inquadratura scena stile luce musica luogo primo_piano primissimo_piano campo_lungo campo_medio piano_americano dettaglio titolo suono azione regia macchina_da_presa personaggi',
  'Portuguese': 'câmera câmara cena estilo luz música lugar plano_fechado plano_médio plano_geral plano_aberto close som título ação iluminação personagens',
  'Russian': 'камера сцена стиль свет музыка кадр место время крупный_план общий_план средний_план план звук титр действие персонажи',
  'Chinese': '镜头 特写 特写镜头 近景 中景 远景 全景 大远景 画面 场景 地点 时间 风格 音乐 音效 灯光 光线 氛围 字幕 动作 人物 角色 色调 运镜 景别 标题 时长 内景 外景 場景 鏡頭 特寫 畫面 時間 風格 音樂 燈光 氣氛',
  'Japanese': 'カメラ シーン 場面 場所 時間 音楽 効果音 照明 光 雰囲気 スタイル クローズアップ アップ 字幕 タイトル 登場人物 動作 構図 カット',
};
/** What may stand in front of such a word: `Opening shot`, `Background music`, `Visual style`. */
const QUALIFIERS = 'opening closing final first second third fourth fifth next last main overall visual film video image art colou?r negative camera shot scene audio sound background ambient color';

const alternatives = (words: string): string => words.trim().split(/\s+/).map((word) => word.replaceAll('_', String.raw`\s`)).join('|');
/** `Character 1` is one of the people, `Characters` heads a list of them. */
const HEADS_A_LIST = String.raw`(?:characters?|subjects?)(?=\s?[#\d])`;
const LABEL_OF_NOBODY = new RegExp(String.raw`^(?!${HEADS_A_LIST})(?:(?:${alternatives(QUALIFIERS)})\s)*(?:${Object.values(LABELS).map(alternatives).join('|')})(?:\s?[#\d一二三四五六七八九十]+[a-z]?)?$`, 'iu');

/** `Close-up of hands`, `Wide on Mara`, `CU Elam`: how a shot is framed, not who speaks in it. */
const FRAMED = /^(?:(?:extreme|very|medium|mid|tight|slow|low|high|big|static|hand-?held|dutch|overhead|aerial)[\s-])*(?:close[\s-]?(?:ups?|on|shot)|(?:wide|long|full|medium|master|establishing|reaction|reverse|tracking|dolly|crane|two|three|detail|macro|pov|cowboy|angle)[\s-](?:shots?|angle|view|on|close(?:[\s-]?ups?)?|long|wide)|insert|over[\s-](?:the|his|her|their|[\p{L}]+['’]s)[\s-]shoulder)\b/iu;
const FRAMED_SHORT = /^(?:E?CU|MCU|MS|MLS|MWS|WS|LS|FS|EWS|ELS|OTS|POV)\b/u;

/** Whether a label may be somebody's name. */
export const isPerson = (label: string): boolean =>
  label !== '' && !isFraming(label) && !LABEL_OF_NOBODY.test(label) && /\p{L}/u.test(label) && !/^(?:https?|www|\d)/i.test(label);

export const isFraming = (label: string): boolean => FRAMED.test(label) || FRAMED_SHORT.test(label);

/** Framing in front of who is seen: `Close-up, the keeper`, `Medium shot of a chef`. */
const FRAMING_AHEAD = /^[^,:]{2,40}?(?:,\s*|\s(?:of|on)\s)(?=\S)/u;

/** Who is framed, without the framing; as it is where there is none. */
export function withoutFraming(label: string): string {
  const lead = isFraming(label) ? FRAMING_AHEAD.exec(label)?.[0] : undefined;
  return lead === undefined ? label : label.slice(lead.length);
}

/** Words of the camera that stand in front of who is seen: `Close-up of a chef`, `Gros plan sur une boulangère`. */
export const CAMERA_LEAD = new RegExp(
  String.raw`^(?:[^,.:]*\b(?:shot|close-up|closeup|view|angle|pov|camera|scene|frame|pan|zoom)\b[^,.:]*[,:]\s*|(?:(?:extreme\s)?(?:close-up|closeup|wide shot|medium shot|long shot|full shot|over-the-shoulder shot|two-shot|shot)\s(?:of|on)\s)|(?:(?:${[
    String.raw`(?:très\s)?gros\splan|plan\s\p{L}+`,
    String.raw`(?:primer|primerísimo\sprimer)\splano|plano\s\p{L}+`,
    String.raw`prim(?:o|issimo)\spiano|campo\s\p{L}+|inquadratura|close(?:-up)?`,
    'nahaufnahme|gro(?:ß|ss)aufnahme|detailaufnahme|(?:halb)?totale',
    String.raw`(?:крупный|средний|общий)\sплан`,
  ].join('|')})(?:\s(?:sur|de|di|su|em|en|von|auf|da|del|do)\s|\sd['’]|\s*[:,]\s*)))`,
  'iu',
);
