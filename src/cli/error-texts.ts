import type { Locale } from './locale.ts';

export interface ErrorText {
  /** What happened, true wherever the code is used; the facts stand in the English message below it. */
  what: string;
  /** What to do, in the imperative. */
  next: string;
  /** In place of `what`, with the error's own facts at their names in braces, where it has them: nothing is left to be said in English. */
  whole?: string;
  /** The same for `next`. */
  wholeNext?: string;
}

/**
 * Texts for people by language and code, for every code of this package's own; Kling's are in src/kling/error-texts.ts.
 * English is said where the error is made, because only there the names and numbers are known.
 */
export const ERROR_TEXTS: Readonly<Record<Exclude<Locale, 'en'>, Readonly<Record<string, ErrorText>>>> = {
  de: {
    // How the program was called.
    USAGE: { what: 'So lässt sich das Programm nicht aufrufen.', next: 'directorstudio --help zeigt die Wörter, directorstudio WORT --help die Optionen eines Wortes.' },
    DECLINED: { what: 'Nicht ausgeführt: Du hast Nein gesagt.', next: 'Rufe dasselbe noch einmal auf, wenn du es doch willst.' },
    CONSENT_NEEDED: { what: 'Das braucht dein Ja, und hier gibt es kein Terminal zum Fragen. Es wurde nichts getan.', next: 'Sage mit --yes zu; --sandbox übt ohne Kosten.' },
    PASSWORD_NEEDED: { what: 'Ohne Passwort öffnet sich das Studio nur für diesen Rechner.', next: 'Setze DIRECTORSTUDIO_PASSWORD, oder lass --host weg.' },
    SERVER_PORT_UNUSABLE: { what: 'Auf diesem Port kann das Studio nicht antworten.', next: 'Wähle mit --port einen anderen; vielleicht ist ein Studio schon offen.' },
    RUN_STOPPED: { what: 'Der Lauf wurde angehalten, bevor dieser Take fertig war.', next: 'directorstudio resume macht weiter; was bei Kling ist, läuft dort weiter und wird nicht noch einmal bezahlt.' },
    BUG: { what: 'Es ist etwas passiert, das nicht möglich sein sollte. Das ist ein Fehler in DirectorStudio.', next: 'Bitte melde ihn mit den Zeilen darüber. Was bezahlt ist, ist vermerkt; directorstudio resume macht damit weiter.' },
    UNEXPECTED: { what: 'Bei diesem Take ist etwas Unerwartetes passiert.', next: 'directorstudio resume versucht es noch einmal; passiert es wieder, melde es bitte mit der Ausgabe von directorstudio doctor.' },

    // Scripts.
    SCRIPT_MISSING: { what: 'Diese Skriptdatei gibt es nicht.', next: 'Nenne den Pfad eines Skripts, oder - für die Standardeingabe.', whole: 'Die Skriptdatei {named} gibt es nicht (gesucht: {path}).', wholeNext: 'Ist {near} gemeint?' },
    SCRIPT_IS_FOLDER: { what: 'Das ist ein Ordner, kein Skript.', next: 'Nenne eine Datei darin.', whole: '{named} ist ein Ordner, kein Skript.', wholeNext: 'Nenne eine Datei darin: {scripts}.' },
    SCRIPT_UNREADABLE: { what: 'Das Skript lässt sich nicht lesen.', next: 'Prüfe, wer die Datei lesen darf.' },
    SCRIPT_TOO_LARGE: { what: 'Das Skript ist zu groß.', next: 'Prüfe, ob es wirklich das Skript ist, und teile ein sehr langes in mehrere Dateien.' },
    SCRIPT_EMPTY: { what: 'In dem Skript steht nichts.', next: 'Schreibe, was jeder Shot zeigt: je ein Absatz, dazwischen eine Leerzeile.' },
    SCRIPT_NOT_TEXT: { what: 'Die Datei ist kein Text, der sich lesen lässt.', next: 'Speichere das Skript als reinen Text in UTF-8.' },
    SCRIPT_FORMAT_UNSUPPORTED: { what: 'Diese Art Skript wird noch nicht gelesen.', next: 'Nimm .txt (ein Absatz je Shot), .fountain oder .fdx (Drehbücher), .md, .docx oder .pdf (Erzählungen, Drehbücher), .json oder .csv (Listen von Shots).' },
    SCRIPT_LOOKS_LIKE_SCREENPLAY: { what: 'Das Skript sieht wie ein Drehbuch aus.', next: 'Mit --as screenplay wird es Szene für Szene gefilmt, mit --as shots jeder Absatz Wort für Wort.' },
    SCRIPT_BAD_FDX: { what: 'Das ist keine Datei von Final Draft, die sich lesen lässt.', next: 'Öffne sie in dem Programm, das sie geschrieben hat, und speichere sie noch einmal als .fdx, oder gib sie als Fountain aus.' },
    SCRIPT_BAD_DOCX: { what: 'Das ist kein Word-Dokument, das sich lesen lässt.', next: 'Öffne es in dem Programm, das es geschrieben hat, und speichere es noch einmal, oder speichere seine Worte als reinen Text (.txt).' },
    SCRIPT_BAD_PDF: { what: 'Das ist kein PDF, das sich lesen lässt.', next: 'Öffne es in dem Programm, das es geschrieben hat, und speichere es noch einmal, oder speichere seine Worte als reinen Text (.txt).' },
    SCRIPT_ENCRYPTED: { what: 'Das Dokument öffnet sich nur mit seinem Passwort.', next: 'Speichere eine Kopie ohne Passwort und nimm diese; nach einem Passwort wird hier nie gefragt.' },
    SCRIPT_NO_WORDS: { what: 'In dem Dokument stehen keine Worte, die sich lesen lassen.', next: 'Bei einem Scan hilft eine Texterkennung (OCR); sonst schreibe, was der Film zeigt.' },
    SCRIPT_WRONG_ENDING: { what: 'Die Datei ist etwas anderes, als ihre Endung sagt.', next: 'Gib ihr die Endung dessen, was sie ist.' },
    SCRIPT_BAD_JSON: { what: 'Die Liste ist kein richtiges JSON oder hat eine andere Form.', next: 'Berichtige die genannte Stelle; docs/shot-lists.md hat Beispiele.' },
    SCRIPT_BAD_CSV: { what: 'Die Tabelle lässt sich nicht lesen.', next: 'Berichtige die genannte Stelle; docs/shot-lists.md hat Beispiele.' },
    SCRIPT_BAD_TABLE: { what: 'Eine Zeile der Tabelle hat mehr Zellen als die Tabelle Spalten.', next: 'Schreibe einen senkrechten Strich in den Worten als \\|.' },
    SCRIPT_SHOTS_INVALID: { what: 'In der Liste der Shots ist etwas zu berichtigen.', next: 'Berichtige die Liste und rufe dasselbe noch einmal auf; es wurde nichts getan. docs/shot-lists.md nennt jedes Feld.' },
    CAST_MISSING: { what: 'Diese Datei mit Besetzung und Look gibt es nicht.', whole: 'Eine Datei {path} mit Besetzung und Look gibt es nicht.', next: 'Nenne mit --cast eine JSON-Datei, oder geh mit --cast none ohne sie; docs/cast-and-look.md hat ein Beispiel.' },
    CAST_UNREADABLE: { what: 'Die Datei mit Besetzung und Look lässt sich nicht lesen.', next: 'Prüfe die Datei, oder nenne mit --cast eine andere.' },
    CAST_INVALID: { what: 'In Besetzung oder Look ist etwas zu berichtigen.', next: 'Berichtige die Datei und rufe dasselbe noch einmal auf; es wurde nichts getan. docs/cast-and-look.md hat Beispiele.' },
    CAST_TWICE: { what: 'Besetzung oder Look stehen an zwei Stellen: in der Liste und in einer Datei.', next: 'Behalte eine davon; --cast none geht ohne Datei.' },
    SHOTS_REFUSED: { what: 'Shots dieses Skripts lassen sich so nicht drehen.', next: 'Ändere die Shots oder die Optionen. Es wurde nichts gespeichert und nichts ausgegeben.' },
    PROMPTS_REFUSED: { what: 'In den Prompts stehen Fehler oder, mit --strict, Warnungen; so wird nichts gesendet.', next: 'Ändere das Skript, oder lass --fix tun, was geht; --anyway dreht trotz Fehlern, und Kling entscheidet. Es wurde nichts gespeichert und nichts ausgegeben.' },
    NO_MODEL_FITS: { what: 'Kein Modell, das es noch gibt, kann diese Shots drehen.', next: 'Ändere die Länge oder was die Shots verlangen; directorstudio models zeigt, was jedes Modell kann.' },
    MODEL_UNKNOWN: { what: 'Ein Kling-Modell dieses Namens gibt es nicht.', next: 'directorstudio models zeigt alle.' },
    MODEL_HAS_NO_SUCH_MODE: { what: 'Dieses Modell hat diesen Modus nicht.', next: 'Nimm einen seiner Modi mit --mode; directorstudio models zeigt sie.' },

    // Films, shots and takes.
    PARENT_NOT_READY: { what: 'Dieser Shot setzt den vorigen fort, dessen Clip nicht da ist. Er wurde nicht gesendet und kostet noch nichts.', next: 'directorstudio film macht beide; konnte der vorige nicht gemacht werden, ändere ihn zuerst.' },
    SHOT_BEFORE_MISSING: { what: 'Ein gewählter Shot setzt den vorigen fort, der noch keinen Clip hat. Es wurde nichts gesendet und nichts ausgegeben.', next: 'Wähle die fehlenden dazu (--shots), oder lass directorstudio film alle machen.' },
    PROJECT_EXISTS: { what: 'Einen Film dieses Titels gibt es schon.', next: 'Wähle einen anderen Titel.' },
    PROJECT_FILE_INVALID: { what: 'Das ist kein Film, wie DirectorStudio ihn ausgibt.', next: 'Gib den Film noch einmal aus, mit dieser Version oder einer älteren.' },
    PROJECT_NONE: { what: 'Hier gibt es noch keinen Film.', next: 'directorstudio film SKRIPT macht einen.' },
    PROJECT_UNKNOWN: { what: 'Einen Film dieses Namens gibt es hier nicht.', next: 'directorstudio project list zeigt alle.', whole: 'Einen Film „{named}“ gibt es unter {home} nicht.', wholeNext: 'Ist {near} gemeint? directorstudio project list zeigt alle.' },
    PROJECT_AMBIGUOUS: { what: 'Mehrere Filme heißen so.', next: 'Gib den ganzen Namen an.' },
    PROJECT_EMPTY: { what: 'Dieser Film hat keine Shots.', next: 'directorstudio film SKRIPT plant ihn neu.' },
    SHOT_CHANGED: { what: 'Der Shot wurde inzwischen in einem anderen Fenster oder Programm geändert.', next: 'Sieh ihn dir noch einmal an und ändere ihn dann; es wurde nichts geschrieben.' },
    SHOT_AT_WORK: { what: 'Der Shot wird gerade mit den Worten gesendet, die er jetzt hat.', next: 'Halte diese Arbeit an oder warte, bis er gesendet ist; dann ändere ihn. Es wurde nichts geändert.' },
    FRAME_REFUSED: { what: 'Dieses Bild lässt sich nicht verwenden.', next: 'Nimm ein anderes, oder speichere es neu als JPEG oder PNG. Es wurde nichts behalten.' },
    FRAME_UNKNOWN: { what: 'Ein solches Bild liegt hier nicht.', next: 'Sende erst das Bild, dann nenne es.' },
    SHOT_UNKNOWN: { what: 'Einen solchen Shot hat dieser Film nicht.', next: 'directorstudio status zeigt alle.' },
    SHOT_SELECTION_INVALID: { what: 'Das nennt keine Shots.', next: 'Schreibe Zahlen und Bereiche mit Kommas: --shots 3,7-9' },
    TAKE_UNKNOWN: { what: 'Einen solchen Take hat der Shot nicht.', next: 'directorstudio status zeigt die Takes jedes Shots.' },
    TAKE_OF_OTHER_WORDS: { what: 'Dieser Take entstand, als der Shot andere Worte oder Angaben hatte; der Film, wie er jetzt geschrieben ist, kann ihn nicht zeigen.', next: 'Setze die alten Worte wieder in das Skript (directorstudio history zeigt sie) und starte film noch einmal; das kostet nichts.' },
    TAKE_NOT_READY: { what: 'Dieser Take ist nicht fertig, der Film kann ihn nicht zeigen.', next: 'directorstudio resume holt ihn.' },
    TAKE_AT_WORK: { what: 'Mit diesem Take ist gerade ein Programm beschäftigt.', next: 'directorstudio stop hält es ordentlich an; dann ziehe den Take zurück.' },
    TAKE_WITHDRAWN: { what: 'Dieser Take wurde zurückgezogen, bevor er gesendet war; er kostet nichts.', next: 'directorstudio film verlangt ihn wieder, wenn der Film ihn noch will.' },
    TAKE_NOT_WITHDRAWABLE: { what: 'Dieser Shot hat keinen weiteren Take, der noch nicht gesendet ist.', next: 'Was gesendet ist, wird berechnet, und der Clip bleibt. Takes, mit denen der Film geplant ist, entfallen mit weniger davon (directorstudio film SKRIPT --takes 1), der letzte, wenn die Worte aus dem Skript genommen werden.' },
    LIST_ENDING: { what: 'Dorthin kann die Liste der Shots nicht: Ihr Name muss auf .csv, .md oder .json enden.', next: 'Nenne mit -o eine Datei, etwa -o shots.csv für eine Tabellenkalkulation.' },
    LIST_NOT_EXACT: { what: 'Diese Shots lassen sich so nicht verlustfrei aufschreiben. Es wurde nichts geschrieben.', next: 'Schreibe eine Liste in JSON, die alles sagen kann: -o shots.json.' },
    FILM_EMPTY: { what: 'Noch kein Shot dieses Films hat einen Clip.', next: 'directorstudio generate macht sie; --partial zeigt ihn gezeichnet.' },
    FILM_INCOMPLETE: { what: 'Shots haben noch keinen Clip. Es wurde kein Film geschnitten.', next: 'Was unterwegs ist, holt directorstudio resume; anderes macht directorstudio generate. Oder lass sie zeichnen: --partial.' },
    OUTPUT_NOT_MP4: { what: 'Dorthin kann der Film nicht: Filme und Animatics sind MP4-Dateien.', next: 'Lass den Namen nach -o mit .mp4 enden.' },
    OUTPUT_NOT_PDF_OR_PNG: { what: 'Dorthin kann das Storyboard nicht: Es wird als PDF oder PNG geschrieben.', next: 'Lass den Namen nach --sheet mit .pdf oder .png enden.' },
    OUTPUT_IS_FOLDER: { what: 'Dorthin kann nichts geschrieben werden: Das ist ein Ordner.', next: 'Nenne eine Datei.' },
    OUTPUT_IS_SCRIPT: { what: 'Das würde das eigene Skript ersetzen.', next: 'Nenne eine andere Datei.' },
    OUTPUT_CAST_TAKEN: { what: 'Neben der Liste liegt eine Datei mit anderer Besetzung oder anderem Look, die mit ihr gelesen würde.', next: 'Nenne mit -o eine andere Liste, oder verschiebe die Datei. Es wurde nichts geschrieben.' },
    OUTPUT_CLIPS_FOLDER_TAKEN: { what: 'Wo der Ordner der Clips hin soll, liegt eine Datei.', next: 'Verschiebe sie, oder nenne mit -o einen anderen Film.' },
    OUTPUT_NOT_WRITABLE: { what: 'Dorthin kann nichts geschrieben werden.', next: 'Nenne einen anderen Ort.' },
    HANDOFF_INCOMPLETE: { what: 'Shots haben noch keinen Clip. Es wurde nichts übergeben.', next: 'Was unterwegs ist, holt directorstudio resume; anderes macht directorstudio generate. Oder übergib sie gezeichnet: --partial.' },
    HANDOFF_CLIP_LOST: { what: 'Ein Clip liegt nicht mehr auf diesem Rechner oder ist beschädigt. Es wurde nichts übergeben.', next: 'directorstudio generate holt ihn kostenlos noch einmal.' },
    HANDOFF_FOLDER_TAKEN: { what: 'Wo der Ordner für den Schnitt hin soll, liegt eine Datei.', next: 'Nenne mit -o einen anderen Ordner.' },
    HANDOFF_NOT_WRITABLE: { what: 'In diesen Ordner lässt sich für den Schnitt nichts schreiben.', next: 'Nenne mit -o einen anderen Ordner.' },
    HANDOFF_WOULD_REPLACE: { what: 'In diesem Ordner liegen unter denselben Namen andere Clips, mit denen vielleicht gerade geschnitten wird. Es wurde nichts geschrieben.', next: 'Übergib in einen neuen Ordner: -o ORDNER.' },
    EDIT_MISSING: { what: 'Diese Schnittdatei gibt es nicht.', whole: 'Die Schnittdatei {named} gibt es nicht (gesucht: {path}).', next: 'Nenne den Pfad der Datei aus dem Schnittprogramm: .otio, .fcpxml oder .edl.' },
    EDIT_NO_FILE: { what: 'Die Schnittdatei lässt sich nicht lesen.', next: 'Nenne eine Datei, die du lesen darfst: .otio, .fcpxml oder .edl.' },
    EDIT_TOO_LARGE: { what: 'Die Schnittdatei ist zu groß.', next: 'Prüfe, ob es wirklich die Timeline ist und kein Video; exportiere sie ohne ihre Medien.' },
    EDIT_UNREADABLE: { what: 'Die Schnittdatei lässt sich nicht verstehen. Es wurde nichts geändert.', next: 'Exportiere sie noch einmal aus dem Schnittprogramm, als OpenTimelineIO, FCPXML oder EDL.' },
    EDIT_REFUSED: { what: 'So kann der Film nicht geschnitten werden. Es wurde nichts geändert.', next: 'Ändere das im Schnittprogramm und exportiere noch einmal, oder stelle den Film dort fertig.' },
    CLIP_TARGET_INVALID: { what: 'Wo ein Clip hin soll, liegt ein Ordner.', next: 'Verschiebe ihn, oder nenne mit -o einen anderen Film.' },

    // Keys.
    KEY_MISSING: { what: 'Es gibt keinen Kling-Schlüssel.', next: 'Setze KLING_API_KEY oder rufe directorstudio keys set auf; --sandbox zeigt den Film mit Übungsclips.' },
    KEY_PAIR_HALF: { what: 'Es ist nur die Hälfte eines Schlüsselpaars gesetzt.', next: 'Setze beide, KLING_ACCESS_KEY und KLING_SECRET_KEY, oder keinen davon.' },
    KEY_MALFORMED: { what: 'Das kann kein Kling-Schlüssel sein.', next: 'Kopiere den Schlüssel noch einmal aus der Konsole von Kling, allein und ganz.' },
    KEY_INPUT_INVALID: { what: 'Auf der Standardeingabe stand kein Schlüssel in der erwarteten Form.', next: 'Gib den API-Schlüssel in einer Zeile; mit --pair den Zugangsschlüssel und den geheimen in zwei Zeilen.' },
    KEY_FILE_UNREADABLE: { what: 'Die Schlüsseldatei lässt sich nicht lesen.', next: 'Mache sie zu deiner Datei, oder entferne sie und rufe directorstudio keys set auf.' },
    KEY_FILE_DAMAGED: { what: 'Die Schlüsseldatei ist beschädigt.', next: 'directorstudio keys set schreibt sie neu.' },
    KEY_FILE_TOO_OPEN: { what: 'Andere auf diesem Rechner dürfen die Schlüsseldatei lesen.', next: 'Nimm ihnen das Recht (chmod 600), und mache in der Konsole von Kling neue Schlüssel, wenn hier andere arbeiten.' },
    KEY_FILE_UNWRITABLE: { what: 'Die Schlüsseldatei lässt sich nicht schreiben oder entfernen.', next: 'Wähle mit --home einen Ordner, in den du schreiben darfst, oder nimm KLING_API_KEY.' },
    KEYCHAIN_LOCKED: { what: 'Der Schlüsselbund ließ sich nicht öffnen; ob ein Kling-Schlüssel darin liegt, ist unbekannt.', next: 'Entsperre ihn, oder setze KLING_API_KEY, oder verzichte auf ihn mit DIRECTORSTUDIO_KEYCHAIN=off.' },
    KEYCHAIN_DAMAGED: { what: 'Der Eintrag im Schlüsselbund ist beschädigt.', next: 'directorstudio keys set schreibt ihn neu.' },
    KEYCHAIN_UNAVAILABLE: { what: 'Hier gibt es keinen Schlüsselbund, der den Schlüssel aufbewahren könnte.', next: 'Lass --where weg, dann kommt er in eine Datei, die nur du lesen kannst.' },
    ENV_UNKNOWN_NAME: { what: 'Eine Umgebungsvariable KLING_... hat einen unbekannten Namen.', next: 'Benenne sie um oder entferne sie.' },
    ENV_VALUE_INVALID: { what: 'Eine Umgebungsvariable hat einen Wert, den es nicht gibt.', next: 'Berichtige oder entferne sie.' },
    BASE_URL_INVALID: { what: 'Die Basisadresse ist nicht brauchbar.', next: 'Gib eine https-Adresse wie https://api-singapore.klingai.com an (http nur für diesen Rechner).' },
    BASE_URL_WITHOUT_KEY: { what: 'KLING_BASE_URL ist gesetzt, aber es gibt keinen Schlüssel dafür.', next: 'Setze KLING_API_KEY, oder entferne KLING_BASE_URL, um in der Sandbox zu arbeiten.' },

    // The Kling client, used as a library.
    KLING_BASE_URL_INVALID: { what: 'Die Basisadresse von Kling ist nicht brauchbar.', next: 'Nimm https://api-singapore.klingai.com, https://api-beijing.klingai.com oder http auf 127.0.0.1.' },
    KLING_CREDENTIALS_INVALID: { what: 'Der Kling-Schlüssel ist leer oder kein einzelnes Wort.', next: 'Kopiere ihn noch einmal aus der Konsole von Kling.' },
    KLING_NEEDS_API_KEY: { what: 'Nach vielen Aufgaben auf einmal lässt Kling nur mit einem API-Schlüssel fragen.', next: 'Frage nach jeder Aufgabe einzeln, oder lege in der Konsole von Kling einen API-Schlüssel an.' },
    KLING_ARGUMENT_INVALID: { what: 'Diese Angabe kann Kling nicht verstehen.', next: 'Berichtige sie; es wurde nichts gesendet.' },
    KLING_LIST_TOO_LONG: { what: 'Die Liste der Aufgaben bei Kling nimmt kein Ende.', next: 'Frage nach einer kürzeren Zeit, oder nach einzelnen Aufgaben.' },
    KLING_WAIT_TIMEOUT: { what: 'Die Aufgabe bei Kling war in der gesetzten Zeit nicht fertig.', next: 'Frage später wieder nach ihr: Sie läuft dort weiter und wird berechnet.' },

    // Takes at Kling.
    CAP_REACHED: { what: 'Die Obergrenze der Ausgaben lässt für diesen Take nichts übrig.', next: 'directorstudio resume --cap EINHEITEN (oder --cap none) macht mit einer höheren weiter.' },
    STILL_AT_KLING: { what: 'Kling ist mit diesem Clip noch nicht fertig.', next: 'Er läuft dort weiter und geht nicht verloren: directorstudio resume holt ihn, wenn er fertig ist.' },
    NO_ANSWER_YET: { what: 'Was Kling mit diesem Take gemacht hat, ließ sich bisher nicht herausfinden.', next: 'Bevor das bekannt ist, wird er nicht noch einmal gesendet: directorstudio resume sieht wieder nach.' },
    PROCESS_DIED: { what: 'Das Programm endete, bevor es die Antwort auf diesen Take gelesen hatte.', next: 'directorstudio resume findet heraus, was Kling getan hat.' },
    SENT_FROM_ANOTHER_ACCOUNT: { what: 'Dieser Take wurde mit dem Schlüssel eines anderen Kling-Kontos gesendet, und die Antwort ging verloren.', next: 'Nimm den Schlüssel, mit dem er gesendet wurde, dann directorstudio resume. Bis dahin wird nichts erneut gesendet.' },
    TASK_OF_ANOTHER_ACCOUNT: { what: 'Kling kennt diese Aufgabe unter diesem Schlüssel nicht.', next: 'Nimm den Schlüssel, mit dem der Take gesendet wurde, dann directorstudio resume. Der Clip ist bezahlt und wartet dort.' },
    EARLIER_TAKES: { what: 'Bei Kling liegen noch Takes von Worten, die der Film früher hatte: Was bezahlt ist, wird mitgeholt.', next: 'Nichts ist zu tun; der Verlauf des Shots zeigt sie.' },
    NOT_WANTED: { what: 'Kling hat diese Aufgabe nicht, und der Film hat inzwischen andere Worte: Sie wird nicht gesendet.', next: 'Nichts ist zu tun; es wurde nichts ausgegeben.' },
    TASK_CANNOT_BE_FOUND: { what: 'Kling sagt, dass es die Aufgabe gibt, kann sie aber nicht zeigen. Ob sie bezahlt ist, lässt sich von hier nicht erkennen.', next: 'Suche sie in der Konsole von Kling. directorstudio resume sieht noch einmal nach; directorstudio retake macht und bezahlt einen neuen Take.' },
    TASK_MODERATED: { what: 'Kling lehnt den Inhalt dieses Shots ab.', next: 'Ändere seine Worte oder sein Bild; die anderen Shots gehen weiter.' },
    TASK_IMAGE_REFUSED: { what: 'Kling lehnt das Start- oder Endbild ab.', next: 'Nimm ein anderes: JPEG oder PNG, jede Seite mindestens 300 Pixel, nicht schmaler als 1:2,5.' },
    TASK_FAILED: { what: 'Kling konnte diesen Clip nicht machen.', next: 'Versuche es mit directorstudio retake noch einmal, oder ändere den Prompt.' },
    CLIP_UNOBTAINABLE: { what: 'Kling hat diesen Clip gemacht, aber es ist keine abspielbare Datei zu bekommen.', next: 'directorstudio resume versucht es noch einige Zeit kostenlos weiter; directorstudio retake macht und bezahlt einen neuen Take.' },
    CLIP_DOWNLOAD_FAILED: { what: 'Der Clip ließ sich nicht herunterladen.', next: 'directorstudio resume holt ihn; das kostet nichts.' },
    CLIP_CUT_SHORT: { what: 'Das Herunterladen des Clips endete zu früh.', next: 'directorstudio resume holt ihn noch einmal; das kostet nichts.' },
    CLIP_ADDRESS_REFUSED: { what: 'Kling nannte für den Clip eine Adresse, von der nichts geholt wird.', next: 'Clips werden nur über https geholt. Ein Proxy vor Kling muss die Adressen unverändert lassen.' },
    CLIP_EXPIRED: { what: 'Kling hat diesen Clip nicht mehr; es hebt Clips nur eine Zeit lang auf.', next: 'directorstudio retake macht und bezahlt einen neuen Take.' },
    CLIP_MISSING: { what: 'Kling meldet den Clip als fertig, nennt aber kein Video.', next: 'directorstudio resume fragt noch einmal; das kostet nichts.' },
    CLIP_LENGTH_WRONG: { what: 'Der Clip ist nicht so lang wie bestellt.', next: 'directorstudio resume holt ihn noch einmal; das kostet nichts.' },
    GENERATION_UNKNOWN: { what: 'Ein Take, auf den gewartet wurde, ist nicht mehr verzeichnet.', next: 'Melde das bitte mit der Ausgabe von directorstudio doctor.' },
    GENERATION_TRANSITION: { what: 'Ein Take bekam eine Nachricht, die zu seinem Stand nicht passt. Das ist ein Fehler in DirectorStudio.', next: 'Es wurde nichts geändert. Bitte melde ihn mit der Ausgabe von directorstudio doctor.' },
    LEASE_LOST: { what: 'Um diesen Take kümmert sich jetzt ein anderer Prozess.', next: 'Es ist nichts verloren: Der andere macht beim letzten Schritt weiter. directorstudio status zeigt es.' },

    // Disk, home and cache.
    DISK_FULL: { what: 'Der Datenträger ist voll.', next: 'Mache Platz (directorstudio cache prune hilft), dann directorstudio resume. Was bezahlt ist, ist vermerkt.' },
    HOME_UNUSABLE: { what: 'Der Ordner für Filme und Clips lässt sich nicht benutzen.', next: 'Nenne mit --home oder DIRECTORSTUDIO_HOME einen anderen.' },
    HOME_DAMAGED: { what: 'Etwas in dem Ordner für Filme und Clips ist nicht, was es sein soll, oder lässt sich nicht benutzen.', next: 'Verschiebe es, oder prüfe, wem der Ordner gehört; dann rufe dasselbe noch einmal auf.' },
    STORE_UNUSABLE: { what: 'Die Datenbank lässt sich nicht lesen oder schreiben.', next: 'Prüfe den Datenträger und wem der Ordner gehört: directorstudio doctor.' },
    STORE_DAMAGED: { what: 'Die Datenbank ist beschädigt.', next: 'Lege eine Sicherung an ihre Stelle, oder verschiebe die Datei; dann holt directorstudio recover kostenlos, was Kling in den letzten 30 Tagen gemacht hat.' },
    STORE_BUSY: { what: 'Ein anderer Prozess hält die Datenbank zu lange fest.', next: 'Versuche es noch einmal; directorstudio status zeigt, was läuft.' },
    STORE_TOO_NEW: { what: 'Die Datenbank stammt von einem neueren DirectorStudio.', next: 'Aktualisiere DirectorStudio, oder nenne mit --home einen anderen Ordner. Es wurde nichts geändert.' },
    CACHE_NOT_READABLE: { what: 'Die gespeicherten Clips lassen sich nicht lesen.', next: 'Prüfe, ob der Ordner dir gehört und der Datenträger heil ist, oder nimm mit --home einen anderen.' },
    CACHE_NOT_WRITABLE: { what: 'Clips lassen sich nicht speichern.', next: 'Prüfe, ob der Ordner dir gehört und der Datenträger heil ist, oder nimm mit --home einen anderen.' },
    CACHE_FINGERPRINT_INVALID: { what: 'Nach einem Clip wurde mit einer Kennung gefragt, die keine ist.', next: 'Das ist ein Fehler im Aufruf; bitte melde ihn.' },
    CLIP_FILE_INVALID: { what: 'Ein Clip ließ sich nicht speichern.', next: 'Rufe dasselbe noch einmal auf: Er wird noch einmal geholt, nicht noch einmal bezahlt.' },
    CLIP_NOT_CACHED: { what: 'Ein Clip liegt nicht mehr auf diesem Rechner.', next: 'Rufe dasselbe noch einmal auf: Er wird noch einmal geholt, nicht noch einmal bezahlt.' },
    CLIP_LOST: { what: 'Ein Clip liegt nicht mehr auf diesem Rechner oder ist beschädigt.', next: 'Rufe dasselbe noch einmal auf: Er wird kostenlos noch einmal geholt.' },
    PRUNE_LIMIT_MISSING: { what: 'Was bleiben darf, muss cache prune gesagt werden.', next: 'Gib --max-size 5GB, --max-age 30d oder beides an; cache clear entfernt alles Unbenutzte.' },

    // Pictures and films as files.
    MEDIA_CODECS_MISSING: { what: 'Ein Paket für Bild und Ton ließ sich hier nicht laden.', next: 'Installiere es mit „npm install --include=optional“ auf einem unterstützten System (Linux, macOS, Windows; x64 oder arm64).' },
    MEDIA_UNREADABLE: { what: 'Die Datei lässt sich nicht als Clip lesen.', next: 'Prüfe die Datei; directorstudio cache verify prüft alle gespeicherten Clips.' },
    MEDIA_UNSUPPORTED: { what: 'Die Datei hat ein Format, das sich nicht schneiden lässt.', next: 'Wandle sie zuerst in H.264 in MP4 um.' },
    SOUND_UNUSABLE: { what: 'Diese Datei lässt sich nicht unter den Film legen.', next: 'Nimm eine Datei in WAV, MP3, M4A oder Opus.' },
    SOUND_GONE: { what: 'Was unter diesem Film liegt, lässt sich nicht mehr lesen.', whole: 'Was unter diesem Film liegt, lässt sich nicht mehr lesen: {path}.', next: 'Lege die Datei zurück, nenne eine andere mit film SCRIPT --under DATEI, oder nimm sie weg: --under none.' },
    UNDER_DB_ALONE: { what: 'Unter diesem Film liegt keine Datei, deren Lautstärke --under-db sagen könnte.', next: 'Nenne sie: --under musik.mp3.' },
    MEDIA_BAD_CUT: { what: 'So lässt sich der Film nicht schneiden.', next: 'Berichtige Anfang und Ende („in“ und „out“, in Sekunden innerhalb jedes Clips).' },
    MEDIA_BAD_PICTURE: { what: 'Ein solches Bild lässt sich nicht zeichnen.', next: 'Berichtige Größe, Länge oder Bildrate.' },
    MEDIA_IMAGE_UNREADABLE: { what: 'Das Bild lässt sich nicht lesen.', next: 'Nimm ein Bild in PNG, JPEG oder WebP.' },
    MEDIA_WRITE_FAILED: { what: 'Der Film lässt sich nicht schreiben.', next: 'Wähle einen anderen Ort, oder mache Platz. Die Clips sind da, und ein älterer Film ist unberührt.' },
    MEDIA_RENDER_FAILED: { what: 'Ein Übungsclip ließ sich nicht zeichnen.', next: 'Versuche es noch einmal; passiert es wieder, melde es mit dem Prompt.' },
    MEDIA_POOL_CLOSED: { what: 'Das Zeichnen der Übungsclips ist schon beendet.', next: 'Rufe dasselbe noch einmal auf.' },

    // The sandbox.
    SANDBOX_OPTION_INVALID: { what: 'Mit dieser Option kann die Sandbox nicht starten.', next: 'Gib einen anderen Wert an.' },
    SANDBOX_FAULT_INVALID: { what: 'Diese Fehlerfälle kann die Sandbox nicht spielen.', next: 'Berichtige die genannte Stelle; directorstudio sandbox --help hat Beispiele.' },
    SANDBOX_PORT_UNUSABLE: { what: 'An dieser Adresse kann die Sandbox nicht lauschen.', next: 'Wähle einen anderen Port, oder 0 für irgendeinen freien.' },
    SANDBOX_FOLDER_UNUSABLE: { what: 'In diesem Ordner kann die Sandbox ihre Aufgaben nicht aufbewahren.', next: 'Wähle einen Ordner auf diesem Rechner, in den geschrieben werden kann, oder verschiebe die beschädigte Datei.' },
  },
};
