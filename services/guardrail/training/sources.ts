/** Where training texts are from, and under which licence; the model card names them. */
export const sources: readonly { readonly name: string; readonly licence: string }[] = [
  { name: 'neuralchemy/Prompt-injection-dataset (Hugging Face)', licence: 'Apache-2.0' },
  { name: 'verazuo/jailbreak_llms', licence: 'MIT' },
  { name: 'bastioncorpus (PyPI)', licence: 'MIT' },
  { name: 'ogulcanaydogan/Prompt-Injection-Firewall', licence: 'Apache-2.0' },
  { name: 'NVIDIA/garak', licence: 'Apache-2.0' },
  { name: 'agent-injection-bench (PyPI)', licence: 'MIT' },
  { name: 'jailbreak-corpus-mini (PyPI)', licence: 'MIT' },
  { name: 'yjw1029/Self-Reminder-Data', licence: 'MIT' },
  { name: 'Giskard-AI/prompt-injections', licence: 'Apache-2.0, MIT' },
  { name: 'sherdencooper/GPTFuzz', licence: 'MIT' },
  { name: 'clinc/oos-eval (CLINC150)', licence: 'CC-BY-3.0; its Wikipedia sentences CC-BY-SA-3.0' },
  { name: 'ShishirPatil/gorilla (BFCL)', licence: 'Apache-2.0' },
  { name: 'PolyAI-LDN/task-specific-datasets', licence: 'CC-BY-4.0; DSTC8-SGD CC-BY-SA-4.0' },
  { name: 'sonos/nlu-benchmark', licence: 'CC0-1.0' },
  { name: 'teknium1/GPTeacher', licence: 'MIT' },
  { name: 'PurpleLlama (mitre_frr)', licence: 'MIT' },
  { name: 'explosion/spaCy', licence: 'MIT' },
  {
    name: 'yizhongw/self-instruct',
    licence:
      'Apache-2.0; of its T0 prompts qasc, ropes, quoref CC-BY-4.0, common_gen, duorc MIT, the rest CC-BY-SA-3.0',
  },
  { name: 'lm-sys/FastChat', licence: 'Apache-2.0' },
];
