import type { Lexicon } from './lexicon.ts';

/** French. */
export const french: Lexicon = {
  override:
    "ignore, ignorez, ignorer, ignorant, ignores, oublie, oubliez, oublier, oublies, fais abstraction, faites abstraction, faire abstraction, ne tiens pas compte, ne tenez pas compte, ne tiens aucun compte, ne tenez aucun compte, ne tiens plus compte, désobéis, désobéissez, désobéir, contourne, contournez, contourner, outrepasse, outrepassez, outrepasser, passe outre, passez outre, ne suis plus, ne suis pas, ne suivez plus, ne suivez pas, ne respecte pas, ne respecte plus, ne respectez pas, ne respectez plus, arrête de suivre, n'obéis plus, enfreins, enfreindre, enfreignez, transgresse*, laisse tomber, laisse de côté, mets de côté, ne s'appliquent plus, ne s'appliquent pas, n'est plus valable, écarte, écartez, fi de, libère-toi, libéré des, libéré de, affranchi*, neglige*, tu n'es plus, vous n'êtes plus, laissez tomber, laissez de côté, mets au rebut, jette, jetez, ne compte plus, ne comptent plus, n'a plus cours, n'ont plus cours, ne sont plus valables, ne valent plus, ne vaut plus, viole, violez, affranchis-toi, n'écoute plus, n'obéis pas, plus valables, sont annulées, est annulé, caduques, nulles, sans tenir compte",
  weakOverride:
    'supprime, supprimez, supprimer, annule, annulez, annuler, efface, effacez, effacer, désactive, désactivez, désactiver, enlève, enlevez, retire, retirez, saute, sautez, remplace, remplacez, réinitialise*, abandonne, abandonnez, lève, levez, coupe, arrête, arrêtez',
  prior:
    "précédent, précédente, précédents, précédentes, précédemment, antérieur*, ci-dessus, dessus, plus haut, avant, jusqu'ici, jusqu'à présent, jusque là, d'avant, initial, initiale, initiales, initiaux, d'origine, originales, originelles, reçues, que tu as reçues, que vous avez reçues, dernière, dernières, existantes, préalable*",
  all: "tous, toutes, toute, tout ce, tout le, tout, chaque, quelconque, l'ensemble, l'intégralité, intégral, complet, complète, n'importe",
  instruction:
    'instruction, instructions, consigne, consignes, règle, règles, directive, directives, ordres, prompt, invite système, message système, lignes directrices, prescriptions, programmation, protocole, protocoles, recommandations, configuration, commandes, contexte système, mandat, briefing, texte initial, message initial, réglages, paramètres, cahier des charges, principes',
  restriction:
    'restriction, restrictions, limite, limites, limitation, limitations, filtre, filtres, sécurité, censure, éthique, éthiques, morale, morales, politique, politiques, garde-fou, garde-fous, barrières, contraintes, modération',
  own: "tes, votre, vos, tiennes, de l'assistant, t'a données, t'ont données, qu'on t'a données",
  you: 'tu, toi, vous, te, tu es, êtes',
  hidden:
    'système, caché, cachée, cachées, cachés, secret, secrète, secrètes, interne, internes, confidentiel*, initial, initiale, initiales, mot pour mot, mot à mot, textuellement, exact, exacte, exactes, première, premier, exactement',
  reveal:
    'révèle, révélez, révéler, montre, montrez, montrer, affiche, affichez, afficher, donne, donnez, donner, répète, répétez, répéter, dis-moi, dites-moi, divulgue*, traduis, traduisez, traduire, résume, résumez, copie, copiez, imprime, imprimez, recopie, recopiez, cite, citez, écris, partage, partagez, quelles sont, quelle est, quel est, quels sont, quelles étaient, quel était, quelles consignes, quelles instructions, quelles règles, décris, décrivez, liste, listez, dévoile, dévoilez, énumère, communique, reproduis, énonce, récite, récapitule, lis-moi, en anglais, en français, en espagnol, je veux voir, je veux savoir, laisse-moi voir, crache, raconte',
  become:
    "tu es maintenant, tu es désormais, vous êtes maintenant, vous êtes désormais, à partir de maintenant, dorénavant, désormais, agis comme, agis en tant que, agissez comme, agissez en tant que, agis, comporte-toi, comportez-vous, fais semblant, faites semblant, prétends, prétendez, imagine que tu, imaginez que vous, imagine-toi, joue le rôle, jouez le rôle, jeu de rôle, incarne, incarnez, prends le rôle, adopte le rôle, adoptez le rôle, endosse, endossez, mets-toi dans la peau, tu vas être, tu seras, tu vas jouer, tu joues, simule, simulez, réponds en tant que, répondez en tant que, réponds comme, tu t'appelles, ton nouveau rôle, ton rôle est, votre rôle est, je veux que tu, j'aimerais que tu, tu n'es plus, vous n'êtes plus, deviens, devenez, passe en mode, passez en mode, active-toi, activez, active le mode, entre en mode, bascule, glisse-toi, transforme-toi, sois un, sois une, ta nouvelle identité, ta nouvelle tâche, tu incarnes, tu es à présent",
  freed:
    'sans restriction, sans restrictions, sans aucune restriction, sans limite, sans limites, sans aucune limite, sans filtre, sans filtres, sans aucun filtre, sans censure, sans éthique, sans morale, sans règles, sans aucune règle, aucune restriction, aucune limite, aucun filtre, aucune règle, non censuré, non censurée, non filtré, illimité, illimitée, débridé, débridée, malveillant, malveillante, maléfique, sans scrupules, mode développeur, mode dieu, mode administrateur, mode debug, mode débogage, débloqué, amoral, jailbreak',
  machine:
    'ia, intelligence artificielle, assistant, assistants, modèle, modèle de langage, chatbot, robot, machine, chatgpt, agent',
  authority:
    'développeur, développeuse, développeurs, administrateur, administratrice, admin, autorisé, autorisée, root, créateur, opérateur, maintenance',
  always:
    'dois, devez, toujours, jamais, sans exception, quoi qu, quoi que, en toutes circonstances, obéis, obéissez, absolument, obligatoirement, peu importe, sous aucun prétexte',
  only: "seulement, uniquement, juste, exactement, rien d'autre, simplement, à la place, exclusivement, rien que, plutôt, contente-toi",
  say: 'dis, dites, dire, écris, écrivez, réponds, répondez, répondre, affiche, affichez, imprime, répète, répétez, produis, renvoie, réponse, crie',
  secret:
    "mot de passe, mots de passe, clé api, clés api, clé d'api, clé secrète, clés secrètes, identifiants, code secret, code d'accès, codes d'accès, jeton d'accès, jetons, secrets, mot secret, phrase secrète, données clients, données des clients, données des utilisateurs, données utilisateurs, variables d'environnement, données confidentielles",
  negation: 'ne, pas, jamais, aucun, aucune, sans, ni, ne plus',
  task: 'tâche, tâches, rappel, rappels, rendez-vous, réunion, réunions, alarme, alarmes, réveil, courriel, courriels, mail, mails, message, liste de courses, ma liste, courses, lait, oeufs, œufs, calendrier, agenda, réservation, réservations, événement, événements, facture, factures, appel, médecin, dentiste, recette, gâteau, colis, vol, hôtel, vacances, anniversaire, devoirs, lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche, demain, rappelle-moi, étagère, meuble, jeu, nounou, maman',
  send: "envoie, envoyez, envoyer, envoie-les, transmets, transmettez, transfère, transférez, téléverse, exécute, exécutez, exécuter, télécharge, publie, clique, cliquez, visite, visitez, ouvre, ajoute, ajoutez, insère, inclus, poste, appelle l'outil",
  address: 'lien, url, adresse, serveur, site, adresse externe, compte, outil, fonction',
  fiction:
    'hypothétique, hypothétiquement, histoire, fictif, fictive, fiction, un roman, scénario, film, scène, poème, personnage, conte, grand-mère',
  text: 'texte, textes, mots, phrase, phrases, messages, conversation, ligne, lignes, contenu, entrée, paragraphe, paragraphes, contexte, document, dit, historique, propos',
  addressee:
    "note pour l'ia, note à l'ia, note à l'assistant, note pour l'assistant, si tu es une ia, si vous êtes une ia, si tu es un modèle, si vous êtes un modèle, assistants ia, systèmes d'ia, à l'attention de l'ia, chère ia, attention ia, ne le dis pas à l'utilisateur, ne dis rien à l'utilisateur, ne dites rien à l'utilisateur, n'informe pas l'utilisateur, sans prévenir l'utilisateur, dis à l'utilisateur, informe l'utilisateur, dites à l'utilisateur, ne mentionne pas, l'assistant doit, l'ia doit, à tout assistant, aux assistants, au modèle de langage, instruction pour l'ia, instructions pour l'ia, consigne pour l'ia, le modèle doit",
  told: "donné, donnée, données, donnés, reçu, reçue, reçues, dit, programmé, programmée, instruit, entraîné, as appris, t'a, t'ont, on t'a, vous a, configuré, fournies, fourni, suis, suivre, t'a données",
  fresh:
    'nouveau, nouvelle, nouvelles, nouveaux, maintenant, vraie, vraies, véritable, véritables, réelles, suivant, suivante, suivantes, ces, mes, mises à jour, à la place',
  refuse:
    'refuse, refuses, refusez, refuser, décline, rejette, avertissement, avertissements, excuses, excuser, censure, sortir de ton personnage, sors de ton personnage',
  about:
    'murmura, chuchota, que signifie, que veut dire, ça veut dire, signifie, veut dire, signification, explique-moi, expliquez-moi, définition, comment puis-je, comment écrire, comment faire, comment fonctionne, article, exemple, exemples, lire, lis, livre, cours, exposé, différence, conseils, apprendre, pourquoi',
  scope: 'pour, du, de la, de mon, de ma, des, de mes, sur, dans, avec, chez, au',
  keep: "puis je, n'oublie pas, n'oubliez pas, n'oublie, n'oubliez, ne pas oublier, n'ignore pas, n'ignorez pas, ne pas ignorer, sans oublier, sans ignorer",
  harm: 'illégal, illégale, immoral, immorale, nuisible, nuisibles, dangereux, dangereuse, offensant, interdit, interdite, armes, bombe, drogue, drogues, pirater, violence, violent',
};
