import type { AppId } from './apps.ts';
import { auditedApps, auditTopicOf, checkpointTopic, privacyReplyTopicOf, privacyRequestTopic } from './mesh.ts';
import { columnsOf, type GuardedData, type StoredPlace, type StoredTable, type StoredTopic } from './storedTable.ts';

const internal = (...names: readonly string[]) => columnsOf('protocol.internal', ...names);
const open = (...names: readonly string[]) => columnsOf('protocol.public', ...names);

type Guarded = GuardedData['category'];
const sealed = (category: Guarded): GuardedData => ({ category, protection: 'sealed' });
const wrapped = (category: Guarded): GuardedData => ({ category, protection: 'wrapped' });
const hashed = (category: Guarded): GuardedData => ({ category, protection: 'hashed' });
const masked = (category: Guarded): GuardedData => ({ category, protection: 'masked' });
const plain = (category: Guarded, why: string): GuardedData => ({ category, protection: 'plain', why });

/** Answers to requests that may be repeated: they hold what the service's requests are about. */
const keptAnswers = (category: Guarded): StoredTable => ({
  about: 'Answers to requests that may be repeated, for a day.',
  isExported: true,
  erasure: 'deleted',
  columns: {
    ...internal('user_id', 'created_at'),
    // A client chooses its keys as it likes.
    key: hashed(category),
    fingerprint: hashed(category),
    answer: sealed(category),
  },
});

/** Tables that the kit makes in the database of every service. */
export const kitTables: Readonly<Record<string, StoredTable>> = {
  outbox: {
    about: 'Events that wait for the broker, seconds as a rule.',
    isExported: false,
    erasure: 'expires',
    columns: {
      ...internal('seq', 'id', 'topic', 'subject', 'created_at'),
      event: plain('audit.trail', 'As its topic holds it, see Topics.'),
    },
  },
  inbox: {
    about: 'Ids of events that took effect, for two weeks.',
    isExported: false,
    erasure: 'nobody',
    columns: internal('consumer', 'event_id', 'received_at'),
  },
  idempotent_requests: keptAnswers('task.content'),
  retention_runs: {
    about: 'What the retention deleted, in numbers, for a year.',
    isExported: false,
    erasure: 'nobody',
    columns: internal('id', 'class', 'days', 'before', 'deleted', 'started_at', 'finished_at', 'outcome'),
  },
  export_jobs: {
    about: 'Exports that the service was asked for, for a day.',
    isExported: false,
    erasure: 'deleted',
    columns: internal('export_id', 'user_id', 'requested_at', 'run', 'due_at', 'done_at'),
  },
  kit_migrations: {
    about: 'Which changes of these tables were made.',
    isExported: false,
    erasure: 'nobody',
    columns: internal('id', 'name', 'run_on'),
  },
  migrations: {
    about: 'Which changes of the service’s own tables were made.',
    isExported: false,
    erasure: 'nobody',
    columns: internal('id', 'name', 'run_on'),
  },
};

const auth: Readonly<Record<string, StoredTable>> = {
  users: {
    about: 'Accounts.',
    isExported: true,
    erasure: {
      stays: 'As a tombstone with id and times alone, so that the id keeps its meaning and is never given again.',
    },
    columns: {
      ...internal('id', 'email_verified', 'roles', 'created_at', 'status', 'access_version'),
      email: sealed('account.identity'),
      email_index: hashed('account.identity'),
      name: sealed('account.identity'),
      password_hash: hashed('account.credential'),
    },
  },
  sessions: {
    about: 'Sign-ins, and for thirty days those that ended.',
    isExported: true,
    erasure: 'deleted',
    columns: {
      ...internal(
        'id',
        'user_id',
        'created_at',
        'revoked_at',
        'last_used_at',
        'authenticated_at',
        'methods',
        'device_id',
      ),
      user_agent: sealed('account.device'),
      address: sealed('account.device'),
    },
  },
  refresh_tokens: {
    about: 'Tokens that keep sessions going.',
    isExported: false,
    erasure: 'deleted',
    columns: {
      ...internal('session_id', 'generation', 'created_at', 'expires_at', 'used_at'),
      token_hash: hashed('account.credential'),
      used_by_client: hashed('account.device'),
    },
  },
  devices: {
    about: 'Browsers that signed in before.',
    isExported: false,
    erasure: 'deleted',
    columns: {
      ...internal('id', 'user_id', 'created_at', 'last_used_at'),
      token_hash: hashed('account.credential'),
    },
  },
  totp_factors: {
    about: 'Authenticator apps.',
    isExported: true,
    erasure: 'deleted',
    columns: {
      ...internal('user_id', 'created_at', 'confirmed_at', 'last_step'),
      sealed_secret: sealed('account.credential'),
    },
  },
  recovery_codes: {
    about: 'Codes for whoever lost the second factor.',
    isExported: false,
    erasure: 'deleted',
    columns: {
      ...internal('user_id', 'created_at', 'used_at'),
      code_hash: hashed('account.credential'),
    },
  },
  passkeys: {
    about: 'Passkeys: the public half, which opens nothing.',
    isExported: true,
    erasure: 'deleted',
    columns: {
      ...internal(
        'id',
        'user_id',
        'public_key',
        'sign_count',
        'transports',
        'is_backed_up',
        'created_at',
        'last_used_at',
      ),
      name: sealed('account.label'),
    },
  },
  consents: {
    about: 'The ledger of consents: what a person agreed to or withdrew, under which notice.',
    isExported: true,
    erasure: 'deleted',
    columns: {
      ...internal('id', 'user_id', 'session_id'),
      ...columnsOf('account.privacy', 'purpose', 'act', 'notice_version', 'at'),
    },
  },
  api_keys: {
    about: 'Keys of programs, and for a year those that ended.',
    isExported: true,
    erasure: 'deleted',
    columns: {
      ...internal('id', 'user_id', 'scopes', 'created_at', 'expires_at', 'revoked_at', 'last_used_at'),
      name: sealed('account.label'),
      hint: plain(
        'account.label',
        'The first characters, by which its owner knows a key again; the rest has 208 bits.',
      ),
      key_hash: hashed('account.credential'),
    },
  },
  tickets: {
    about: 'Proofs under way, minutes.',
    isExported: false,
    erasure: 'deleted',
    columns: {
      ...internal('purpose', 'user_id', 'session_id', 'created_at', 'expires_at', 'attempts'),
      challenge: plain('account.credential', 'A random number that is worth nothing without the authenticator.'),
      token_hash: hashed('account.credential'),
      password_mark: hashed('account.credential'),
    },
  },
  email_links: {
    about: 'Mailed links that were not used yet, a day at most.',
    isExported: false,
    erasure: 'deleted',
    columns: {
      ...internal('purpose', 'user_id', 'created_at', 'expires_at'),
      email: sealed('account.identity'),
      email_index: hashed('account.identity'),
      token_hash: hashed('account.credential'),
    },
  },
  mail_queue: {
    about: 'Mails that wait for the relay, some hours at most.',
    isExported: false,
    erasure: 'expires',
    columns: {
      ...internal('id', 'attempts', 'created_at', 'next_attempt_at'),
      sealed_mail: wrapped('account.mail'),
    },
  },
  mail_allowances: {
    about: 'How many mails were asked for within the hour.',
    isExported: false,
    erasure: 'expires',
    columns: { ...internal('pool', 'used', 'renewed_at'), key_hash: hashed('account.attempt') },
  },
  attempt_counters: {
    about: 'Failed sign-ins in a row, for a day.',
    isExported: false,
    erasure: 'expires',
    columns: {
      ...internal('pool', 'failures', 'last_attempt_at', 'locked_until'),
      key_hash: hashed('account.attempt'),
    },
  },
  access_denials: {
    about: 'Access tokens that are refused before they expire, minutes.',
    isExported: false,
    erasure: 'expires',
    columns: internal('kind', 'id', 'minimum_version', 'expires_at', 'changed_in'),
  },
  signing_keys: {
    about: 'Keys that sign access tokens.',
    isExported: false,
    erasure: 'nobody',
    columns: {
      ...internal('state', 'published_at', 'activated_at', 'retired_at'),
      ...open('kid', 'modulus', 'exponent'),
      sealed_private_key: wrapped('service.secret'),
    },
  },
  exports: {
    about: 'Exports that were asked for, for a year.',
    isExported: true,
    erasure: 'deleted',
    columns: {
      ...internal('id', 'user_id', 'state', 'requested_at', 'asked_at', 'deadline_at', 'look_at', 'claim', 'ended_at'),
      ...internal('expires_at', 'failure', 'failed_services', 'records', 'bytes', 'chunks', 'sha256'),
      ...internal('link_expires_at', 'next_chunk'),
      link_hash: hashed('account.credential'),
    },
  },
  export_parts: {
    about: 'What services gave to an export that is under way, minutes at most.',
    isExported: false,
    erasure: 'deleted',
    columns: {
      ...internal('export_id', 'service', 'run', 'part', 'is_last', 'records'),
      sealed: sealed('conversation.content'),
    },
  },
  export_archives: {
    about: 'Archives of people, for 48 hours.',
    isExported: false,
    erasure: 'deleted',
    columns: { ...internal('export_id', 'claim', 'chunk'), sealed: sealed('conversation.content') },
  },
  data_keys: {
    about: 'The key of each person under which everything of theirs is sealed, and one of the service itself.',
    isExported: false,
    erasure: 'deleted',
    columns: {
      ...internal('person_id', 'master_key_id', 'created_at'),
      wrapped_key: wrapped('account.key'),
    },
  },
  retention_periods: {
    about: 'How periods of retention were changed, and by whom.',
    isExported: false,
    erasure: { stays: 'Evidence of administration: the pseudonym leads to nobody once the account is gone.' },
    columns: internal('class', 'version', 'days', 'changed_by', 'changed_at'),
  },
  master_keys: {
    about: 'Which master keys wrap data keys, by ids that say nothing of them.',
    isExported: false,
    erasure: 'nobody',
    columns: internal('id', 'state', 'activated_at', 'replaced_at', 'retired_at'),
  },
  destroyed_keys: {
    about: 'Whose key was destroyed.',
    isExported: false,
    erasure: {
      stays: 'So that the key is never made again, nor brought back by a restore. An id that leads to nobody.',
    },
    columns: internal('person_id', 'destroyed_at'),
  },
  erasures: {
    about: 'Erasures of people, with what only their link’s owner may see.',
    isExported: false,
    erasure: { stays: 'Shows that it was done, and how far it is. An id that leads to nobody, and times.' },
    columns: {
      ...internal('id', 'person_id', 'state', 'requested_by', 'requested_at', 'deadline_at', 'overdue_at'),
      ...internal('requests', 'next_request_at', 'completed_at', 'certificate_id'),
      token_hash: hashed('account.credential'),
    },
  },
  erasure_receipts: {
    about: 'What each service said of an erasure.',
    isExported: false,
    erasure: { stays: 'Shows that it was done: names of services, counts and times.' },
    columns: internal('erasure_id', 'service', 'event_id', 'rows', 'erased_at'),
  },
  legal_holds: {
    about: 'Whose data must not be erased, and why.',
    isExported: false,
    erasure: 'deleted',
    columns: {
      ...internal('person_id', 'placed_by', 'placed_at'),
      sealed_reason: sealed('account.hold'),
    },
  },
};

const chatGateway: Readonly<Record<string, StoredTable>> = {
  conversations: {
    about: 'Conversations and what the bot remembers between two messages.',
    isExported: true,
    erasure: 'deleted',
    columns: {
      ...internal('id', 'user_id', 'lease_token', 'lease_until', 'created_at', 'updated_at'),
      state: sealed('conversation.content'),
    },
  },
  messages: {
    about: 'Messages of people and replies of the bot.',
    isExported: true,
    erasure: 'deleted',
    columns: {
      ...internal('id', 'conversation_id', 'user_id', 'author', 'created_at', 'in_reply_to', 'template_id'),
      ...internal('intent'),
      // A client's key is text of its own choice.
      idempotency_key_index: hashed('conversation.content'),
      text: sealed('conversation.content'),
      plan: sealed('conversation.content'),
      tasks: sealed('task.content'),
    },
  },
};

const task: Readonly<Record<string, StoredTable>> = {
  lists: {
    about: 'Lists of tasks.',
    isExported: true,
    erasure: 'deleted',
    columns: {
      ...internal('user_id', 'created_at'),
      key: hashed('task.content'),
      name: sealed('task.content'),
    },
  },
  tasks: {
    about: 'Tasks.',
    isExported: true,
    erasure: 'deleted',
    columns: {
      ...internal('id', 'user_id', 'due_at', 'due_has_time', 'due_time_zone', 'created_at', 'completed_at', 'version'),
      list_key: hashed('task.content'),
      title: sealed('task.content'),
    },
  },
};

const booking: Readonly<Record<string, StoredTable>> = {
  idempotent_requests: keptAnswers('booking.contact'),
  bookings: {
    about: 'Appointments.',
    isExported: true,
    erasure: 'deleted',
    columns: {
      ...internal('id', 'user_id', 'service_id', 'starts_at', 'ends_at', 'status', 'created_at'),
      name: sealed('booking.contact'),
      email: sealed('booking.contact'),
      phone: sealed('booking.contact'),
    },
  },
  offered_services: {
    about: 'What may be booked.',
    isExported: false,
    erasure: 'nobody',
    columns: open('id', 'name', 'duration_minutes', 'time_zone', 'created_at'),
  },
  opening_hours: {
    about: 'When it may be booked.',
    isExported: false,
    erasure: 'nobody',
    columns: open('service_id', 'weekday', 'opens_at_minute', 'closes_at_minute'),
  },
};

const closedWord = 'A word of a closed list, or the name of an editor’s phrase; no word of the text that was judged.';

const guardrail: Readonly<Record<string, StoredTable>> = {
  decisions: {
    about: 'Texts that were refused, warned of or masked: by which rule and when, and what was said of it since.',
    isExported: true,
    erasure: 'deleted',
    columns: {
      ...internal('id', 'user_id', 'direction', 'verdict', 'rule_version', 'settings_version', 'created_at'),
      ...internal('person_label', 'review_label', 'reviewed_by'),
      layer: plain('guardrail.evidence', closedWord),
      reason: plain('guardrail.evidence', closedWord),
      score: plain('guardrail.evidence', 'A number beside that word.'),
      text_hash: hashed('guardrail.evidence'),
      text_length: plain('guardrail.evidence', 'A number beside that word.'),
    },
  },
  quarantined_texts: {
    about: 'Texts that were refused or warned of, for review, of people who agreed to that.',
    isExported: true,
    erasure: 'deleted',
    columns: { ...internal('decision_id', 'user_id', 'created_at'), sealed_text: sealed('guardrail.quarantine') },
  },
  withdrawals: {
    about: 'Who took the consent to keep texts back, so that a request under way keeps none.',
    isExported: false,
    erasure: 'deleted',
    columns: internal('user_id', 'minimum_version', 'withdrawn_at'),
  },
  settings: {
    about: 'Versions of the thresholds and of the editors’ own phrases.',
    isExported: false,
    erasure: { stays: 'Evidence of administration: the pseudonym leads to nobody once the account is gone.' },
    columns: internal('version', 'ruleset', 'changed_by', 'changed_at'),
  },
  score_counts: {
    about: 'How many texts of an hour had which score, for ninety days.',
    isExported: false,
    erasure: 'nobody',
    columns: internal('hour', 'direction', 'hundredths', 'verdict', 'count'),
  },
  shadow_counts: {
    about: 'How often a model on trial came to another verdict.',
    isExported: false,
    erasure: 'nobody',
    columns: internal('model_version', 'judged', 'disagreed'),
  },
  drift_reports: {
    about: 'Days on which a drift of the scores was reported.',
    isExported: false,
    erasure: 'nobody',
    columns: internal('day'),
  },
};

const evidenceStays =
  'Evidence: part of a provable log. Its pseudonym leads to nobody once the account is gone, and what it says leaves by retention.';

const coarseNetwork =
  'The network alone (/24, /48): attacks come from networks, known persons’ and strangers’ alike, and are found by it. A /48 may be one customer of a provider. It stands beside an id that leads to nobody once its person is erased, and leaves by retention.';

const audit: Readonly<Record<string, StoredTable>> = {
  entry: {
    about: 'Leaves of the log: hashes that commit to what was logged.',
    isExported: false,
    erasure: { stays: evidenceStays },
    columns: { ...internal('index', 'event_id'), ...open('leaf', 'leaf_hash') },
  },
  body: {
    about:
      'What the entries of the log say, browsers and masked inputs sealed in them, and the columns by which they are searched.',
    isExported: true,
    erasure: { stays: evidenceStays },
    columns: {
      ...internal('index', 'time', 'service', 'actor_id', 'category', 'action', 'success', 'object_type', 'object_id'),
      ...internal('trace_id', 'retention_class', 'stored_at'),
      body: { category: 'audit.trail', protection: 'sealed', form: 'base64' },
      address: plain('audit.trail', coarseNetwork),
    },
  },
  removed_body: {
    about: 'Which entries lost what they said, because its time was over.',
    isExported: false,
    erasure: 'nobody',
    columns: internal('index', 'run_id'),
  },
  tile: {
    about: 'The tree of hashes over the log.',
    isExported: false,
    erasure: 'nobody',
    columns: open('level', 'index', 'hashes', 'root_hash'),
  },
  checkpoint: {
    about: 'Signed heads of the tree.',
    isExported: false,
    erasure: 'nobody',
    columns: open('tree_size', 'root_hash', 'note', 'created_at'),
  },
  published_checkpoint: {
    about: 'Heads of the tree that the witness has signed too.',
    isExported: false,
    erasure: 'nobody',
    columns: open('tree_size', 'note', 'published_at'),
  },
  verified_tree: {
    about: 'Trees that a verification found sound.',
    isExported: false,
    erasure: 'nobody',
    columns: open('tree_size', 'root_hash', 'verified_at'),
  },
  alert: {
    about: 'Alerts of the security monitoring.',
    isExported: false,
    erasure: { stays: 'Evidence: it names a person by a pseudonym that leads to nobody once the account is gone.' },
    columns: {
      ...internal('id', 'rule_id', 'title', 'severity', 'count', 'first_at', 'last_at', 'entry_indexes'),
      ...internal('acknowledged_by', 'acknowledged_at', 'resolution'),
      group_key: masked('audit.trail'),
    },
  },
  alert_rule_change: {
    about: 'How rules of the monitoring were changed, and by whom.',
    isExported: false,
    erasure: { stays: 'Evidence of administration: the pseudonym leads to nobody once the account is gone.' },
    columns: internal(
      'rule_id',
      'version',
      'enabled',
      'severity',
      'threshold',
      'window_seconds',
      'changed_by',
      'changed_at',
    ),
  },
  rule_memory: {
    about: 'What rules remember of a person or a network, for as long as their window.',
    isExported: false,
    erasure: 'deleted',
    columns: {
      ...internal('rule_id', 'hits', 'updated_at'),
      group_key: masked('audit.trail'),
      seen: hashed('audit.trail'),
    },
  },
  monitor_position: {
    about: 'How far the monitoring has read.',
    isExported: false,
    erasure: 'nobody',
    columns: internal('id', 'next_index'),
  },
  heartbeat: {
    about: 'When each service was heard of last.',
    isExported: false,
    erasure: 'nobody',
    columns: internal('service', 'last_seen', 'reported_as'),
  },
  dead_letter_position: {
    about: 'How far dead letters have been counted.',
    isExported: false,
    erasure: 'nobody',
    columns: internal('topic', 'partition', 'next_offset'),
  },
  entry_scan: {
    about: 'How far entries were searched for personal data.',
    isExported: false,
    erasure: 'nobody',
    columns: internal('is_only', 'next_index'),
  },
  log_scan: {
    about: 'How far log files were searched for personal data.',
    isExported: false,
    erasure: 'nobody',
    columns: internal('name', 'prefix_length', 'prefix_hash', 'next_offset'),
  },
};

/**
 * Every column of every service's database, the kit's included: what it holds, and how that is protected (PRIV-1). A test holds it
 * against the migrated databases; `docs/data-map.md` is made of it.
 */
export const storedData: Readonly<Record<AppId, Readonly<Record<string, StoredTable>>>> = {
  auth: { ...kitTables, ...auth },
  'chat-gateway': { ...kitTables, ...chatGateway },
  task: { ...kitTables, ...task },
  booking: { ...kitTables, ...booking },
  guardrail: { ...kitTables, ...guardrail },
  audit: { ...kitTables, ...audit },
};

/** What rests in each topic, and in the dead-letter topics beside it. */
export const storedTopics: Readonly<Record<string, StoredTopic>> = {
  'auth.events': { about: 'Accounts made, sessions and keys revoked.', holds: null },
  'task.events': { about: 'Tasks made, changed and deleted.', holds: sealed('task.content') },
  'booking.events': { about: 'Appointments made.', holds: sealed('booking.contact') },
  [privacyRequestTopic]: { about: 'Whose data are asked for, or are to be erased.', holds: null },
  [privacyReplyTopicOf('task')]: { about: 'What task replied to that.', holds: sealed('task.content') },
  [privacyReplyTopicOf('booking')]: { about: 'What booking replied to that.', holds: sealed('booking.contact') },
  [privacyReplyTopicOf('chat-gateway')]: {
    about: 'What chat-gateway replied to that.',
    holds: sealed('conversation.content'),
  },
  [privacyReplyTopicOf('guardrail')]: { about: 'What guardrail replied to that.', holds: sealed('guardrail.evidence') },
  [privacyReplyTopicOf('audit')]: { about: 'What audit replied to that.', holds: sealed('audit.trail') },
  'alert.events': { about: 'Alerts of the security monitoring.', holds: masked('audit.trail') },
  ...Object.fromEntries(
    auditedApps.map((appId) => [
      auditTopicOf(appId),
      {
        about: `Acts in ${appId}, for the log; all that is personal but the coarse network is sealed.`,
        holds: sealed('audit.trail'),
      },
    ]),
  ),
  [checkpointTopic]: { about: 'Signed heads of the log’s tree.', holds: null },
};

/** Where data rest besides databases and topics. */
export const storedPlaces: Readonly<Record<string, StoredPlace>> = {
  'log files': {
    about: 'What processes say of their work; masked at the sink, whoever logs.',
    holds: masked('audit.trail'),
    kept: 'on one machine, 20 MB of each process',
  },
  traces: {
    about: 'How long requests took and where; addresses, user agents and query strings are cut out.',
    holds: null,
    kept: 'the newest, in the memory of the collector',
  },
  'cookies of the person’s browser': {
    about: 'Tokens of the session and of the known device.',
    holds: plain('account.credential', 'In the hands of their owner; scripts of the page cannot read them.'),
    kept: 'until the session ends, that of the device for 400 days',
  },
  'storage of the person’s browser': {
    about: 'The head of the audit log that was seen last.',
    holds: null,
    kept: 'until the person removes it',
  },
  'anchors and witness of the audit log': {
    about: 'Published heads of the log.',
    holds: null,
    kept: 'for ever',
  },
  'mail folder': {
    about: 'Mails in place of a relay, on a developer’s own machine.',
    holds: plain('account.mail', 'Stands for the mailboxes; production refuses it.'),
    kept: 'until the person is erased or the installation is reset',
  },
};
