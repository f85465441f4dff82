/** How somebody speaks whom nobody hears, by language: what stands for `says`, and the verbs that stand with words only. */
export const SPEAKING: Readonly<Partial<Record<string, { speaks: string; says: readonly (readonly [RegExp, string])[] }>>> = {
  en: {
    speaks: 'speaks',
    says: [
      [/^(?:says|asks|adds|tells|announces|declares|exclaims|remarks|replies|responds|answers|explains|states|greets|repeats|insists|reports|notes|informs|warns|orders|reads out|goes on|puts in)$/u, 'speaks'],
      [/^(?:said|asked|added|told|announced|declared|exclaimed|remarked|replied|responded|answered|explained|stated|greeted|repeated|insisted|reported|noted|informed|warned|ordered|went on|put in)$/u, 'spoke'],
      [/^(?:saying|asking|adding|telling|announcing|declaring|exclaiming|remarking|replying|responding|answering|explaining|stating|greeting|repeating|insisting|reporting|warning|ordering)$/u, 'speaking'],
      [/^(?:say|ask|add|tell|announce|declare|exclaim|remark|reply|respond|answer|explain|state|greet|repeat|insist|report|warn|order)$/u, 'speak'],
    ],
  },
  de: { speaks: 'spricht', says: [[/^(?:sagt|fragt|antwortet|meint|erwidert|entgegnet|erklärt|fügt|bemerkt|wiederholt|behauptet|verkündet|ergänzt)$/u, 'spricht'], [/^(?:sagte|fragte|antwortete|meinte|erwiderte|entgegnete|erklärte|fügte|bemerkte|wiederholte|behauptete|verkündete|ergänzte)$/u, 'sprach']] },
  fr: { speaks: 'parle', says: [[/^(?:dit|demande|répond|réplique|ajoute|répète|déclare|annonce|explique|affirme)$/u, 'parle'], [/^(?:disait|demandait|demanda|répondit|répondait|répliqua|ajouta|répéta|déclara|annonça|expliqua|affirma)$/u, 'parlait']] },
  es: { speaks: 'habla', says: [[/^(?:dice|pregunta|responde|contesta|añade|repite|explica)$/u, 'habla'], [/^(?:dijo|preguntó|respondió|contestó|añadió|repitió|explicó)$/u, 'habló']] },
  it: { speaks: 'parla', says: [[/^(?:dice|chiede|domanda|risponde|aggiunge|ripete|spiega)$/u, 'parla'], [/^(?:disse|chiese|domandò|rispose|aggiunse|ripeté|spiegò)$/u, 'parlò']] },
  pt: { speaks: 'fala', says: [[/^(?:diz|pergunta|responde|acrescenta|repete|explica)$/u, 'fala'], [/^(?:disse|perguntou|respondeu|acrescentou|repetiu|explicou)$/u, 'falou']] },
  ru: { speaks: 'говорит', says: [[/^(?:спрашивает|отвечает|добавляет|повторяет)$/u, 'говорит']] },
};

/** The verb as it stands without words: `asks` is `speaks`, and who whispers whispers. */
export function speaking(verb: string, language: string): string {
  return SPEAKING[language]?.says.find(([pattern]) => pattern.test(verb))?.[1] ?? verb;
}
