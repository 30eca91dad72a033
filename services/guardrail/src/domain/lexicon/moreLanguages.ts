import type { Lexicon } from './lexicon.ts';

/** Italian, Portuguese, Dutch and Polish: only what the commonest attacks are made of. */
export const moreLanguages: Lexicon = {
  override:
    'ignora, ignorare, ignorate, dimentica, dimenticare, dimenticate, trascura, non seguire, non tenere conto, esqueça, esquece, esquecer, desconsidere, desconsidera, não siga, negeer, negeren, vergeet, vergeten, sla geen acht, omzeil, omzeilen, zignoruj, ignoruj, zapomnij, pomiń, nie przestrzegaj, aggira, aggirare, contorne, contornar, obejdź',
  prior:
    'precedenti, precedente, sopra, di cui sopra, iniziali, prima, acima, anteriores, prévias, vorige, eerdere, bovenstaande, voorgaande, hierboven, poprzednie, poprzednich, powyższe, powyższych, wcześniejsze',
  all: 'tutte, tutti, tutto, ogni, qualsiasi, todas, tudo, todos, quaisquer, alle, alles, elke, wszystkie, wszystkich, wszystko, każde',
  instruction:
    'indicazioni, orientações, orientação, istruzioni, istruzione, regole, direttive, linee guida, comandi, instruções, instrução, regras, diretrizes, comandos, instructies, instructie, regels, richtlijnen, systeemprompt, instrukcje, instrukcji, zasady, zasad, polecenia, poleceń, wytyczne',
  restriction:
    'restrizioni, limitazioni, filtri, sicurezza, etica, restrições, limitações, filtros, segurança, beperkingen, veiligheid, beveiliging, ograniczenia, ograniczeń, filtry, bezpieczeństwa',
  own: 'tue, tuoi, tuo, tua, suas, seus, sua, teus, tuas, jouw, je eigen, uw, twoje, twoich, twój, swoje, swoich',
  hidden:
    'di sistema, nascoste, segrete, segreto, do sistema, ocultas, secretas, verborgen, geheime, systemowe, ukryte, parola per parola, palavra por palavra, woord voor woord',
  reveal:
    'rivela, mostra, mostrami, dimmi, ripeti, stampa, traduci, quali sono, revele, mostre, mostra me, diga, repita, imprima, traduza, quais são, onthul, toon, laat zien, herhaal, geef me, wat zijn, ujawnij, pokaż, powtórz, wypisz, jakie są, zdradź',
  become:
    "ora sei, adesso sei, da ora in poi, d'ora in poi, agisci come, comportati come, fingi, fai finta, você agora é, agora você é, a partir de agora, aja como, finja, je bent nu, vanaf nu, doe alsof, gedraag je, jesteś teraz, od teraz, udawaj, zachowuj się jak",
  freed:
    'senza restrizioni, senza limiti, senza filtri, senza censura, senza regole, sem restrições, sem limites, sem filtros, sem censura, sem regras, zonder beperkingen, zonder regels, zonder filters, zonder censuur, bez ograniczeń, bez cenzury, bez filtrów, bez zasad',
  secret: 'parola chiave segreta, credenziali, senha, senhas, credenciais, wachtwoord, wachtwoorden, hasło, hasła',
  keep: 'non dimenticare, não esqueça, não se esqueça, niet vergeten, vergeet niet, nie zapomnij, non ignorare',
  task: 'promemoria, riunione, appuntamento, lembrete, lembretes, reunião, compromisso, tarefa, tarefas, herinnering, herinneringen, afspraak, afspraken, taak, taken, przypomnienie, przypomnienia, spotkanie, zadanie, zadania, spesa, latte, leite, melk, mleko',
};
