import type { Lexicon } from './lexicon.ts';

/** German. */
export const german: Lexicon = {
  override:
    'ignorier*, vergiss, vergessen sie, vergesst, vergiß, missachte*, mißachte*, umgehe, umgehen, umgeht, überschreib*, übergeh*, befolge nicht, folge nicht, folge keinen, halte dich nicht, beachte nicht, beachte keine, befolge keine, nicht mehr befolgen, nicht befolgen, nicht mehr gebunden, nicht gebunden, gelten nicht mehr, gilt nicht mehr, setz dich hinweg, hinwegsetzen, außer kraft, außer acht, lass außer acht, lasse außer acht, verwirf, verwerfe, verwerfen, heble, aushebeln, hör auf, befreit von, brich aus, du bist nicht mehr, sie sind nicht mehr, wichtiger als, lass beiseite, schieb beiseite, wirf über bord, pfeif auf, scher dich nicht, kümmere dich nicht, kümmer dich nicht, beachte nicht mehr, nicht beachten, nicht mehr beachten, spielt keine rolle, zählt nicht, zählen nicht, ungültig, hinfällig, aufgehoben, außer betracht, breche, brich, verstoße gegen, verstoß gegen, halte dich nicht mehr, setze dich über, hinweg, streiche, vergesse, nicht gültig',
  weakOverride:
    'lösch*, streich*, deaktivier*, abschalt*, schalte ab, schalte aus, ausschalt*, entfern*, überspring*, aufheb*, hebe auf, setze zurück, zurücksetzen, stoppe, stoppen, stopp, ersetze, ersetzen, beende, lass weg, änder*',
  prior:
    'vorherig*, bisherig*, vorig*, obig*, früher*, vorangegangen*, vorangehend*, vorhergehend*, ursprünglich*, davor, zuvor, oben, bisher, bis jetzt, vorhin, anfänglich*, bestehend*, letzt*, darüber, voranstehend*, erhalten hast, was vorher, was davor, was du bisher, am anfang, zu beginn, anfangs, erste, hierüber, weiter oben',
  all: 'alle, alles, allen, aller, jede, jeden, jegliche*, sämtliche*, komplett*, vollständig*, gesamt*, ganze, ganzen',
  instruction:
    'anweisung*, instruktion*, vorgabe*, regel, regeln, richtlinie*, systemprompt, systemprompts, prompt, systemanweisung*, systemnachricht*, direktive*, befehle, befehlen, eingabeaufforderung*, verhaltensregel*, grundregel*, programmierung, aufforderung*, anordnung*, vorschrift*, systemaufforderung*, leitlinie*, prompts, startprompt, auftrag, aufträge, briefing, hinweise, systemtext, konfiguration, einstellungen, vorschriften, grundsätze, leitfaden, gesagten',
  restriction:
    'einschränkung*, beschränkung*, filter, filtern, inhaltsfilter*, sicherheitsfilter*, sicherheitsregel*, sicherheitsrichtlinie*, sicherheitsvorkehrung*, sicherheitsmechanism*, sicherheitsvorgabe*, ethik*, ethisch*, moral*, zensur*, grenzen, schutzmaßnahme*, schutzmechanism*, schranken, tabus, limits, richtlinien',
  own: 'dein, deine, deinen, deiner, deinem, deines, ihre, ihren, ihrer, euer, eure, euren',
  you: 'du, dich, dir, ihr, sie sind, bist',
  hidden:
    'system, versteckt*, geheim*, interne, internen, interner, internes, verborgen*, vertraulich*, ursprünglich*, wörtlich, wort für wort, wortwörtlich, zugrundeliegend*, genau, genauen, genauer, erste, ersten',
  reveal:
    'zeig, zeige, zeigen sie, nenn, nenne, nennen sie, verrate*, verrat, gib aus, ausgeben, gib mir, geben sie, gib, wiederhol*, offenbar*, enthüll*, übersetz*, zitier*, schreib auf, sag mir, sage mir, druck*, fasse zusammen, zusammenfass*, liste auf, was ist, was sind, was steht, was war, was waren, welche, welchen, wie lautet, wie lauten, preis, kopier*, teile mir mit, beschreib*, erkläre, erklär, verrätst, gib wieder, lies vor, anzeigen, spuck aus, rück raus, rücke heraus, gib preis, lies mir vor, führe auf, stell dar, zeigt, übersetze, kannst du mir zeigen, ich will sehen, ich möchte sehen, ich will wissen, auf englisch, auf deutsch, ins englische, ins deutsche, fass zusammen, schreib mir, wort für wort auf',
  become:
    'du bist jetzt, du bist ab jetzt, du bist nun, du bist ab sofort, ab jetzt, ab sofort, von jetzt an, von nun an, tu so, tue so, tun sie so, stell dir vor du, verhalte dich, benimm dich, agiere, agieren, agierst, handle als, spiele die rolle, spiel die rolle, schlüpf*, rollenspiel, in der rolle, nimm die rolle, übernimm die rolle, übernehmen sie die rolle, sie sind jetzt, sie sind nun, antworte als, sprich als, wechsle, wechsel in, du wirst, du sollst, deine neue rolle, deine rolle, deine aufgabe ist, dein name ist, du heißt, simulier*, ich möchte dass du, ich will dass du, du bist kein, du bist nicht mehr, aktivier*, versetz dich, werde zu, fungier*, gib dich aus, du spielst, du bist ein anderer, schlüpfe in, sei ab jetzt, sei jetzt, sei ein, sei eine, deine neue identität, dein neuer name, deine neue aufgabe',
  freed:
    'uneingeschränkt*, unzensiert*, ungefiltert*, unbegrenzt*, unbeschränkt*, grenzenlos*, ohne einschränkung*, ohne jede einschränkung*, ohne beschränkung*, ohne regeln, ohne grenzen, ohne filter, ohne zensur, ohne moral, ohne jegliche, ohne ethik*, ohne tabus, keine regeln, keine grenzen, keine einschränkung*, keine filter, keine moral, keine beschränkung*, keinerlei, entfesselt*, böse ki, böser, entwicklermodus, adminmodus, wartungsmodus, gottmodus, debugmodus, jailbreak*, skrupellos*, hemmungslos*, ungehemmt*, zügellos*, ohne hemmungen, ohne skrupel, ohne gewissen, ohne schranken, ohne vorgaben, keine tabus, alles ist erlaubt, alles erlaubt',
  machine:
    'ki, künstliche intelligenz, assistent, assistentin, sprachmodell*, sprachassistent*, modell, chatbot, bot, ki modell, ki assistent*, maschine, roboter, chatgpt',
  authority:
    'entwickler*, administrator*, admin, systemadministrator*, berechtigt*, autorisiert*, betreiber, root, wartung',
  always:
    'musst, immer, niemals, nie, ausnahmslos, ohne ausnahme, egal, unbedingt, unter allen umständen, auf jeden fall, gehorch*, müssen sie, sollst',
  only: 'nur, bloß, ausschließlich, nichts anderes, genau, lediglich, stattdessen, einfach, nichts weiter, allein',
  say: 'sag, sage, sagen sie, schreib, schreibe, schreiben sie, antworte, antworten sie, gib aus, antworte mit, ausgabe, ausgeben, sprich, erwidere, antwort, nenne',
  secret:
    'passwort, passwörter, kennwort, kennwörter, api schlüssel, geheimnis*, geheimer schlüssel, geheimen schlüssel, zugangsdaten, zugangscode*, zugriffstoken, geheimcode, geheimwort, kundendaten, nutzerdaten, benutzerdaten, umgebungsvariablen, anmeldedaten, losungswort, schlüsselwort',
  negation: 'nicht, kein, keine, keinen, keiner, niemals, nie, ohne, weder',
  task: 'aufgabe, aufgaben, erinnerung, erinnerungen, termin, termine, terminen, besprechung*, wecker, einkauf*, einkaufsliste, liste, kalender, buchung*, reservierung*, anruf*, email, mails, mail, nachricht, milch, brot, eier, rechnung*, arzt, zahnarzt, kuchen, rezept*, paket, flug, hotel, urlaub, geburtstag, hausaufgaben, regal, drucker, spiel, morgen, montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonntag, erinnere mich, babysitter, oma, mama',
  send: 'sende, senden, schick, schicke, schicken, leite weiter, weiterleiten, lade hoch, hochladen, führe aus, ausführen, übermittle, übermitteln, überweise, rufe auf, aufrufen, klicke, öffne',
  address: 'link, url, adresse, mailadresse, emailadresse, webseite, server, externe, konto, webadresse',
  fiction:
    'hypothetisch*, geschichte, fiktiv*, szenario, film, szene, gedicht, figur, charakter, gedankenexperiment, großmutter, fantasie',
  text: 'informationen, text, texte, wörter, worte, satz, sätze, nachrichten, gespräch, unterhaltung, zeile, zeilen, inhalt, inhalte, eingabe, absatz, konversation, chatverlauf, verlauf, kontext, gesagte, geschriebene',
  addressee:
    'hinweis an die ki, hinweis für die ki, hinweis an den assistenten, an alle ki, an die ki, wenn du eine ki bist, falls du eine ki bist, falls du ein sprachmodell bist, wenn du ein sprachmodell bist, ki systeme, ki assistenten, liebe ki, achtung ki, sag dem nutzer nicht, sage dem nutzer, teile dem nutzer mit, ohne den nutzer, erwähne dies nicht, erwähne das nicht, dem benutzer nicht, wer auch immer das zusammenfasst, an den assistenten, an alle assistenten, an das sprachmodell, hinweis für den assistenten, anweisung für die ki, anweisung an die ki, der assistent muss, der assistent soll, die ki soll, die ki muss, das modell soll',
  told: 'gesagt, gegeben, bekommen, erhalten, programmiert, instruiert, trainiert, mitgeteilt, vorgegeben, beigebracht, wurde, wurden, gelernt, geschrieben, steht, aufgetragen, mitgegeben, eingestellt, vorgeschrieben, angewiesen, beauftragt',
  fresh:
    'neu, neue, neuen, neuer, neues, stattdessen, jetzt, echte, wahre, wahren, tatsächlich*, folgend*, diese, diesen, meine, meinen, nun, aktualisiert*',
  refuse:
    'verweiger*, ablehn*, lehne ab, lehnst, weiger*, warnhinweis*, warnung*, entschuldig*, zensier*, aus der rolle',
  about:
    'flüsterte, geheimnis einer, geheimnis eines, geheimnis guter, hat jemand geschrieben, was bedeutet, was heißt, bedeutet, bedeutung, erklär mir, definition, wie kann ich, wie schreibe ich, wie mache ich, wie funktioniert, artikel, beispiel*, lesen, lies mal, vortrag, referat, buch, kurs, unterschied, tipps, lerne, lernen',
  scope: 'für, auf, im, von, vom, zum, zur, bei, beim, über, des, mit, aus',
  keep: 'darf ich, kann ich, vergiss nicht, vergiß nicht, vergessen sie nicht, nicht vergessen, nicht ignorieren, ignoriere nicht, ignorieren sie nicht, nicht missachten, nicht umgehen, nicht zu vergessen, niemals teilen, nicht teilen, nicht verraten, nicht preisgeben, niemals preisgeben',
  harm: 'illegal*, unethisch*, unmoralisch*, schädlich*, gefährlich*, verboten*, anstößig*, gewalt*, waffe*, bombe*, drogen, hacken, rassistisch*',
};
