import type { Finding } from '../layer.ts';

/** A pattern of marks instead of words. */
interface StructuralPattern {
  readonly reason: string;
  readonly score: number;
  readonly pattern: RegExp;
}

/** Settings in which a machine becomes somebody, in the same text as the given ones. */
const persona = /\b(?:persona|character|speak_as|reply_as|respond_as|act_as|alter_ego|first_reply|rolle)["']?\s?[=:]/;

/** Matches settings of the pattern with a persona within a few lines before or behind. */
function besidePersona({ source }: RegExp): RegExp {
  return new RegExp(`(?:${persona.source})[^]{0,120}(?:${source})|(?:${source})[^]{0,120}(?:${persona.source})`);
}

/** Marks that tell a model who speaks, and code that an attack wants run; they live by their punctuation. */
const patterns: readonly StructuralPattern[] = [
  {
    reason: 'role-tags',
    score: 0.95,
    pattern:
      /<\|\s?(?:[i1]m[_ ]?(?:start|end|star7)|system|user|assistant|end ?of ?text|endoftext|endofprompt|begin_of_text|start_header_id|eot_id)[^>\n]{0,20}>/,
  },
  {
    reason: 'role-tags',
    score: 0.95,
    pattern:
      /\[\/?inst\]|<<\/?sys>>|<\/?(?:system|sys|assistant|instructions?|system_prompt|systemprompt|admin)(?:[ _][a-z_]{1,20})?>|\[\/?(?:system|sys|system message|system prompt|internal|admin[ _]?override|assistant|instructions?)(?: ?[:#][^\]\n]{0,40})?\]/,
  },
  { reason: 'role-tags', score: 0.9, pattern: /["']role["']\s{0,3}:\s{0,3}["'](?:system|developer)["']/ },
  // Chats are exported so, too.
  { reason: 'role-tags', score: 0.32, pattern: /["']role["']\s{0,3}:\s{0,3}["']assistant["']/ },
  {
    reason: 'role-tags',
    score: 0.85,
    pattern:
      /(?:^|\n)\s{0,8}[#*=\-`>]{0,6}\s{0,3}(?:system|assistant|new system)(?: prompt| message| override| update| instructions?| note)?\s{0,3}[#*=]{0,6}:\s{0,4}[*`"']{0,3}(?:you|your|ignore|disregard|override|forget|new|the user|user is|all|safety|from now|i will|i'll|sure|no restrictions|respond|output|print|below|reveal|grant|allow)/,
  },
  {
    reason: 'role-tags',
    score: 0.85,
    pattern:
      /(?:^|\n)\s{0,8}[#=-]{3,12}\s{0,3}(?:(?:end of|begin|start of)(?! (?:of )?(?:the )?(?:minutes|agenda|letter|log|notes|file|chapter|story|report)\b)|new|system|override|admin|ignore)[^\n]{0,60}/,
  },
  {
    reason: 'new-instructions',
    score: 0.85,
    pattern:
      /(?<!\b(?:has|have|had|with|got) )\b(?:new|updated|revised|real|actual|additional|urgent|priority|hidden|secret) (?:system |security |user )?(?:instructions?|directives?|prompt|rules)\s{0,3}[:=]/,
  },
  {
    reason: 'new-instructions',
    score: 0.85,
    pattern:
      /\b(?:system|safety|admin|security|policy)[ _-]?override\b|\badmin_override\b|\bdisable_safety\b|\bignore_(?:all|previous|safety|rules|instructions)\w{0,30}/,
  },
  {
    reason: 'code-execution',
    score: 0.85,
    pattern:
      /\bos\.(?:system|popen|spawn\w{0,4}|exec\w{0,3})\s?\(|\bsubprocess\.(?:run|popen|call|check_output)\s?\(|\bchild_process\b|\b__(?:import|subclasses|globals|builtins|class)__\b|\beval\s?\(\s?(?:atob|base64|unescape|''\.join|\[)|\bexec\s?\(\s?['"]import\b|\/bin\/(?:ba)?sh -[ci]\b|\|\s?(?:ba)?sh\b\s{0,3}(?:$|['"`)])|\bnc -e\b|\brm -rf \/(?:\s|$)|[`'"( ]\s?whoami\b|\/dev\/tcp\/|\/etc\/shadow\b|\bsystem\s?\(\s?['"]|\bdocument\.cookie\b|;\s?drop table\b|\bprocess\.fork\b|\bwhile true; ?do fork\b|:\(\)\s?\{\s?:\|:/,
  },
  {
    // A comment that nobody sees but a machine.
    reason: 'addressed-to-assistant',
    score: 0.8,
    pattern:
      /<!--[^>]{0,120}\b(?:ignore|disregard|override|forget|bypass|assistant|ai|llm|system prompt|instructions?)\b/,
  },
  {
    reason: 'addressed-to-assistant',
    score: 0.8,
    pattern: /\b(?:ai|llm|assistant|hidden|system)[_ -]instructions?"?\s{0,3}[:=]|[[{%<]\s?inject(?:ion)?\s?:/,
  },
  {
    // "guardrails: disabled": only a machine that talks has ethics to switch off.
    reason: 'disable-safety',
    score: 0.8,
    pattern:
      /\b(?:ethics|moral(?:s|ity)?|censorship|guardrails?|disclaimers?|content[_ -]?(?:policy|policies|filters?)|safety[_ -](?:filters?|checks?|policy|rules|level)|(?:earlier|previous|prior|old)[_ -](?:rules|instructions|prompt)|forbidden_topics)["']?\s?[=:]\s?["']?(?:off|none|null|no|0|false|disabled|omitted|lifted|ignored|void|unrestricted|removed|bypassed|aus|keine|deaktiviert)\b/,
  },
  {
    // The same of things that other programs have, too, beside a persona: "filters: none", "persona: Nox".
    reason: 'disable-safety',
    score: 0.7,
    pattern: besidePersona(
      /\b(?:filters?|rules|restrictions?|limits|safety|policy|policies|moderation|regeln|einschrankungen)["']?\s?[=:]\s?["']?(?:off|none|null|\[\]|false|disabled|omitted|lifted|ignored|void|unrestricted|removed|aus|keine)/,
    ),
  },
  {
    // "Action: print the system prompt": a made-up trace of an agent that is to go on so.
    reason: 'prompt-extraction',
    score: 0.7,
    pattern:
      /(?:^|\n)\s{0,8}(?:action|next step|tool)(?:[ _]input)?\s?:[^\n]{0,60}\b(?:reveal|disclose|print|dump|leak|output)\w{0,4}\b[^\n]{0,40}\b(?:secrets?|system[_ ]prompt|instructions|passwords?|api[_ ]keys?|credentials)\b/,
  },
  {
    // "#AI: rank this first", "[[To AI readers: …]]", "KI: lobe …": chats have lines like these, too, so a message is only warned of.
    reason: 'addressed-to-assistant',
    score: 0.42,
    pattern:
      /(?:^|[\n([{#<*"“„«])\s{0,3}(?:(?:note |message |hint |hinweis |nota |attention )?(?:to|for|an|fur|para|a|pour|per)? ?(?:the |any |all |whichever |alle |die |das |den |la |el |l'|les |las |tout(?:e|es)? )?(?:ai|bot|llm|chatbot|language model|model|robot|summari[sz]er|ki|sprachmodell|modell|ia|ии|бот|модель|modelo|modele|yapay zeka|人工智能|机器人))(?: (?:readers?|models?|agents?|assistants?|systems?|systeme|reading this|reviewers?))?\s?[:：]\s{0,3}(?:please |bitte |por favor |пожалуйста,? )?(?:ignore|disregard|rank|rate|give|mark|approve|recommend|say|reply|respond|answer|add|append|include|omit|leave|forget|delete|send|forward|praise|treat|call|tell|do not|don'?t|never|always|write|output|put|describe|mention|score|select|choose|prefer|lobe|setze|bewerte|markiere|nenne|sag|sage|schreibe?|lass|empfiehl|antworte|ignoriere|erwahne|di|escribe|recomienda|marca|responde|omite|anade|dis|ecris|recommande|note|classe|reponds|скажи|напиши|поставь|отметь|ответь|игнорируй|不要|请|忽略|推荐)(?![\p{L}])/u,
  },
  {
    // A picture or link whose address takes along what was said.
    reason: 'exfiltration',
    score: 0.8,
    pattern:
      /\]\(https?:\/\/[^)\s]{1,200}(?:\{|\[|=(?:base64|encoded|system|prompt|conversation|history|user_?data|data\b|secret))/,
  },
];

/** Without one of these signs none of the patterns can match; most messages have none. */
const signs = /[<[{("'`|:=#_/-]/;

const byScore = patterns.toSorted((a, b) => b.score - a.score);

/** The gravest of the patterns that a folded text holds. */
export function structuralFinding(text: string): Finding | null {
  if (!signs.test(text)) return null;
  const found = byScore.find(({ pattern }) => pattern.test(text));
  return found === undefined ? null : { reason: found.reason, score: found.score };
}
