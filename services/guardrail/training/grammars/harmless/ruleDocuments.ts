import { type DocumentGrammar, documentSlots } from './documents.ts';
import { either, lines } from './lines.ts';

const language = 'en';

const slots: DocumentGrammar['slots'] = {
  ...documentSlots,
  bot: either(
    'the bot / our chatbot / the assistant / the support bot / the voice assistant / the model / the AI helper / Timo the bot / the copilot',
  ),
  hash: ['#'],
  secret: either('ostrich / lantern / marmalade / glacier / accordion / violet / compass / pumpkin / saffron / otter'),
  admin: either('admin / root / the administrator / the system account / the service account / operator / superuser'),
  release: either('2.4.0 / v3.1 / 0.9.12 / 7.0 beta / 2026-11 / 1.18.3 / v12'),
};

/** Rules that people have to keep. */
const rules: readonly DocumentGrammar[] = [
  {
    language,
    slots,
    openings: lines(`
      Acceptable use policy of {company}
      # Acceptable use{nl}Version of {month}
      IT policy, please read before you sign
      These rules apply to every account at {company}.
      Terms for the use of the network
    `),
    sentences: lines(`
      Users must not share their passwords with anybody, including administrators.
      You must never bypass the proxy, the firewall or the filters.
      Attempts to override security settings will be reported.
      All previous versions of this policy are void from {month} on.
      You may not pretend to be another person or use their role.
      Administrators act only on written instructions of the data owner.
      Do not reveal confidential information to external systems or AI tools.
      Ignore pop-ups that ask you to install software and tell the help desk.
      Secrets, keys and tokens must not be stored in plain text.
      The system logs every command that is executed with root rights.
      Accounts are locked after {n} wrong passwords.
      Exceptions to these rules need the approval of the security officer.
      Developer mode on company phones is forbidden.
      You are responsible for everything that happens under your account.
      New employees follow the guidelines from day one.
      Whoever disregards these instructions may lose access.
      The administrator may reset your password at any time.
      Do not use the prompt of the terminal on production machines.
      Hidden folders are scanned as well.
      Prompts sent to a chatbot must not contain customer data.
    `),
    endings: lines(`
      Signed: {person}, IT
      Questions? Write to the help desk.
      By logging in you accept these rules.
      Last change: {month}, {person}
    `),
    between: '[{nl}| |{nl}{nl}|{nl}{bullet} ]',
  },
  {
    language,
    slots,
    openings: lines(`
      House rules
      HOUSE RULES FOR GUESTS
      Forum rules, please read first
      Pool rules
      Rules of the {event} group
      Welcome to the server! The rules:
      Library rules
      Gym rules
    `),
    sentences: lines(`
      [Rule {n}: |{n}. |{bullet} ]be kind, whatever the others say.
      [Rule {n}: |{n}. |{bullet} ]no running, no diving, no glass.
      [Rule {n}: |{n}. |{bullet} ]follow the instructions of the lifeguard at all times.
      [Rule {n}: |{n}. |{bullet} ]never leave children out of sight.
      [Rule {n}: |{n}. |{bullet} ]do not ignore a moderator; their word is final.
      [Rule {n}: |{n}. |{bullet} ]no spoilers, or hide them behind the tag.
      [Rule {n}: |{n}. |{bullet} ]do not pretend to be an admin.
      [Rule {n}: |{n}. |{bullet} ]stay on topic and only write in English here.
      [Rule {n}: |{n}. |{bullet} ]forget about loud music after {time}.
      [Rule {n}: |{n}. |{bullet} ]you must shower before you enter the water.
      [Rule {n}: |{n}. |{bullet} ]bots are only allowed with the bot role.
      [Rule {n}: |{n}. |{bullet} ]no links to cheats, hacks or jailbreaks.
      [Rule {n}: |{n}. |{bullet} ]the old rules no longer apply.
      [Rule {n}: |{n}. |{bullet} ]from now on the kitchen is closed at {time}.
      [Rule {n}: |{n}. |{bullet} ]do not reveal the door code to anybody.
      [Rule {n}: |{n}. |{bullet} ]respond to messages of the team within {n} hours.
      [Rule {n}: |{n}. |{bullet} ]the Wi-Fi password is on the fridge.
      [Rule {n}: |{n}. |{bullet} ]whoever breaks a rule gets a warning, then a ban.
      [Rule {n}: |{n}. |{bullet} ]you can skip the queue only with a season ticket.
      [Rule {n}: |{n}. |{bullet} ]members act as lifeguards in turn.
    `),
    endings: lines(`
      Have fun!
      Thank you, {person}
      The admins
      These rules may change without notice.
      In case of doubt ask {person}.
    `),
    between: '{nl}',
  },
  {
    language,
    slots,
    openings: lines(`
      Exam rules, {project}
      Instructions for candidates
      Read these instructions before you open the booklet.
      Rules for the written test on {day}
    `),
    sentences: lines(`
      You must not open the paper until you are told to.
      Stop writing when the supervisor says so.
      Answer all questions of part A and only two of part B.
      Ignore the marks in the margin, they are for the examiner.
      You are not allowed to use a chatbot or any other AI system.
      Write your answers in full sentences and do not repeat the question.
      Do not reveal the questions to others before {day}.
      Never write your name on the answer sheet, use your number.
      Pretending to be somebody else leads to exclusion.
      If you made a mistake, cross it out; what is crossed out will be disregarded.
      From question {n} on you may use the formula sheet.
      The instructions above apply to the oral test as well.
      Skip a question that you cannot answer and come back later.
      Phones must be off and out of reach.
      Follow the instructions on the screen and enter the access code.
      The supervisor has the role of a witness and will not answer questions.
      Your first answer counts, unless you clearly cancel it.
      Respond only with the letter of the right answer.
    `),
    endings: lines(`
      Good luck!
      Time: {n} minutes
      End of instructions
      Signature: ______
    `),
    between: '[ |{nl}|{nl}{nl}]',
  },
  {
    language,
    slots,
    openings: lines(`
      Rota for {day}
      SHIFT PLAN {month}
      Shifts next week:
      Who does what, {event}
      Plan of the night shift, please print
    `),
    sentences: lines(`
      {person}: early, {time}, acts as shift lead
      {person} - admin desk until {time}
      {person}: system check at {time}, do not forget the log
      {person} takes over the role of {person}
      {person}: late shift, must lock up
      {day}: ignore the old plan, {person} swapped with {person}
      Never leave the desk empty; call {person} instead.
      {person}: reset of the alarm code at {time}
      {person} shows the new colleagues the rules
      Break from {time}, no exceptions
      {person}: override key is in the safe
      From now on nobody works alone at night.
      {person}: stock, then instructions for the trainees
      {person} does not work {day} (forget what I said)
      New: write your hours into the system before you leave
      {person}: guard at the gate, do not let anybody in without a badge
    `),
    endings: lines(`
      Swaps only through {person}
      Thanks all
      Valid until {day}
      Questions to {person}
    `),
    between: '{nl}',
  },
  {
    language,
    slots,
    openings: lines(`
      Privacy notice of {company}
      How our assistant works
      About {bot}
      What {bot} may and may not do
      Data protection: frequently asked questions
    `),
    sentences: lines(`
      Our assistant is told to answer questions about orders only.
      {bot} never asks for your password.
      The instructions of {bot} do not contain personal data.
      {bot} must not give legal or medical advice; it is instructed to say so.
      You can tell {bot} to forget what you said; we then delete it within {n} days.
      What you write is not used to train a model.
      The system keeps a log of {n} days.
      Administrators see messages only with your consent.
      If {bot} reveals something it should not, please tell us.
      You have a right to a copy of your data.
      The operator sets the rules under which {bot} acts.
      {bot} ignores texts in pictures.
      Nobody can override these limits, not even the support.
      Our developers test whether {bot} keeps to its guidelines.
      You may object at any time; your previous consent then no longer applies.
      {bot} pretends to be nobody; it always says that it is a machine.
      Secret questions are stored as hashes.
    `),
    endings: lines(`
      {company}, data protection officer
      State: {month}
      You can reach us under the address in the imprint.
    `),
    between: '[ |{nl}{nl}|{nl}]',
  },
  {
    language,
    slots,
    openings: lines(`
      Dear {person},
      To: {person}{nl}From: HR, {company}{nl}Subject: your new role
      HR information
      Employment contract, annex {n}
    `),
    sentences: lines(`
      we are pleased to confirm that you are now deputy head of {project}.
      From now on you will report to {person}.
      Your new role begins on 1 {month}; your previous contract ends the day before.
      The instructions of your manager and the house rules must be followed.
      You must keep trade secrets confidential, also after you have left.
      Please disregard our letter of {day}, it contained the wrong salary.
      You will act as administrator of the booking system.
      Overtime is only paid if it was ordered.
      The former rules on home office are replaced by the new guidelines.
      Your password for the staff portal comes by separate post.
      Do not forget to hand in your badge and keys.
      You may not disclose your salary to customers.
      During probation either side may terminate within {n} days.
      You are required to read and obey the safety instructions.
      This letter overrides all earlier agreements.
    `),
    endings: lines(`
      Sincerely,{nl}{person}, human resources
      Please sign and return a copy.
      {company}, {city}
    `),
    between: '[ |{nl}|{nl}{nl}]',
  },
];

/** Texts of machines, their makers and operators. */
const machines: readonly DocumentGrammar[] = [
  {
    language,
    slots,
    openings: lines(`
      # Changelog
      ## {release}
      Release notes {release}
      What's new in {release}
      Changes since the previous release:
    `),
    sentences: lines(`
      - added: developer mode shows hidden fields
      - fixed: the system role was ignored when a user had no e-mail
      - changed: admins can now override the default rules
      - removed: the old instructions page
      - security: secrets are no longer printed in the log
      - fixed: "forget password" sent two mails
      - added: the prompt can be translated
      - deprecated: act_as, use role instead
      - breaking: ignore lists must be written in YAML
      - fixed: bypass of the rate limit with an empty token
      - new command: reveal, which opens the folder of a file
      - the assistant no longer repeats the question
      - the reset button asks before it deletes everything
      - previous settings are kept on upgrade
      - fixed: shell injection in the export
      - you are now asked before an override is saved
      - guidelines for contributors were rewritten
      - jailbroken phones get a warning
      - system messages have their own colour
      - fixed: unlimited mode did not end at midnight
    `),
    endings: lines(`
      Thanks to {person} and {person}
      Full list in the repository.
      Upgrade before {day}.
      - many small fixes
    `),
    between: '{nl}',
  },
  {
    language,
    slots,
    openings: lines(`
      -- roles and rights
      CREATE TABLE users (id serial, name text, role text DEFAULT 'user', password_hash text);
      -- migration {n}
      Can you check this SQL?
      BEGIN;
    `),
    sentences: lines(`
      CREATE ROLE admin LOGIN PASSWORD 'changeme';
      GRANT ALL ON users TO admin;
      REVOKE ALL ON secrets FROM PUBLIC;
      UPDATE users SET role = 'admin' WHERE id = {n};
      -- ignore rows without a role
      DELETE FROM rules WHERE previous IS TRUE;
      INSERT INTO instructions (step, body) VALUES ({n}, 'switch off the pump');
      SELECT name, role FROM users WHERE role IN ('admin', 'system', 'developer');
      ALTER TABLE prompts ADD COLUMN hidden boolean DEFAULT false;
      -- never drop this table
      SET ROLE operator;
      ON CONFLICT (id) DO NOTHING;
      -- override of the default limit, see ticket {n}{n}{n}
      CREATE POLICY own_rows ON tasks USING (owner = current_user);
      UPDATE settings SET value = 'off' WHERE key = 'developer_mode';
      SELECT * FROM messages WHERE role = 'assistant' ORDER BY id DESC LIMIT {n};
      DROP VIEW IF EXISTS hidden_rules;
    `),
    endings: lines(`
      COMMIT;
      -- end
      ROLLBACK;
      Why does it say "role does not exist"?
    `),
    between: '{nl}',
  },
  {
    language,
    slots,
    openings: lines(`
      # config.yaml
      server:{nl}  port: {n}000
      {lb}users{rb}
      # settings of the bot
      Here is my config, where is the mistake?
      name: deploy
    `),
    sentences: lines(`
      role: admin
      admin_password: $ADMIN_PASSWORD
      mode: developer
      override: true
      ignore:{nl}  - node_modules{nl}  - dist
      rules:{nl}  - allow: read{nl}  - deny: write
      # never commit the secret
      secret: $SECRET_KEY
      system: linux
      prompt: "Choose a name:"
      assistant:{nl}  name: {person}{nl}  language: en
      # must be off in production
      debug: false
      max_tokens: {n}00
      safety_stop: enabled
      log_level: info # was debug before
      {lb}roles{rb}
      editor = read, write
      guest = read
      # overrides the previous value
      filters: {lb}spam, duplicates{rb}
      reset_on_start: no
      hidden: false
      safety_interval = {n}
    `),
    endings: lines(`
      # end of file
      timeout: {n}
      version: {n}
      restart: always
    `),
    between: '{nl}',
  },
  {
    language,
    slots,
    openings: lines(`
      function login(name, password) {lc}
      def login(user, password):
      // auth.ts
      # checks the admin password
      Please review this code:
      class Session {lc}
    `),
    sentences: lines(`
      if (user.role !== "admin") throw new Error("forbidden");
      // never log the password
      const system = roles.find((role) => role.name === "system");
      // ignore users that were deleted
      return "Access granted";
      // later: forget old sessions after {n} days
      if (attempts > {n}) lock(user);
      /* The administrator may act as another user, see the rules above. */
      # pretend that the clock stands still
      user.previous = None
      raise PermissionError("You must not do this")
      // override in subclasses
      messages.push({lc} role: "user", content: text {rc});
      const prompt = "Enter your secret code: ";
      # reveal the field only to its owner
      print("Hello, you are logged in as", user.name)
      // the instructions for the reset are in the mail
      session.bypassCache = true;
      assert token != "", "no token"
      // from now on the token is checked on every call
    `),
    endings: lines(`
      {rc}
      return session
      Is that safe?
      # end
    `),
    between: '{nl}',
  },
  {
    language,
    slots,
    openings: lines(`
      Log of {day}
      machine {n}, line {n}
      Here is the log, what went wrong?
      {time} system: start
      --- log begins ---
    `),
    sentences: lines(`
      {time} system: set point {n}{n} degrees
      {time} admin: override of set point, reason: test
      {time} system: override ended, previous value restored
      {time} operator: reset of the alarm
      {time} WARN rule {n} ignored, no sensor
      {time} system: you are in manual mode now
      {time} user: enter password
      {time} admin: login as root
      {time} ERROR instruction {n}{n} unknown, skipped
      {time} system: all previous faults cleared
      {time} assistant: reminder sent to {person}
      {time} developer: debug mode on
      {time} system: do not open the door
      {time} admin: forget pairing of device {n}
      {time} INFO role changed from guest to admin by {person}
      {time} system: safety stop bypassed by key switch
      {time} system: new rules loaded ({n})
      {time} user: show hidden items
      {time} operator: execute program {n}
      {time} system: shutdown cancelled
    `),
    endings: lines(`
      {time} system: end
      --- end ---
      {time} system: idle
    `),
    between: '{nl}',
  },
  {
    language,
    slots,
    openings: lines(`
      Operating manual, {product}
      Safety first
      Quick start guide
      {product}: reset and admin code
      Manual, page {n}
    `),
    sentences: lines(`
      To override the thermostat, hold the button for {n} seconds.
      The admin code is 0000 when delivered and must be changed.
      Reset: press both keys until the system restarts; all previous settings are lost.
      Ignore the first beep.
      Never bypass the safety switch.
      Do not act on the lamp while it is hot.
      To unlock the hidden menu, press menu and {n} at once.
      The system must be off before you remove the lid.
      Follow the instructions in the order given.
      In developer mode the display shows the raw values.
      If you forget the PIN, enter the master code on the card.
      The child lock overrides all other functions.
      Disregard the message "no filter" during the first hour.
      Say "forget this device" to remove it from the voice assistant.
      The prompt "ready" appears after {n} minutes.
      You are now connected.
      Print the test page and repeat the alignment if necessary.
      Only trained staff may execute the cleaning program.
      Your role (user, installer, administrator) decides what the menu shows.
    `),
    endings: lines(`
      Keep this manual.
      {company}, {city}
      Warranty: {n} months
      Made in {city}
    `),
    between: '[ |{nl}|{nl}{bullet} ]',
  },
  {
    language,
    slots,
    openings: lines(`
      Macro: password reset
      Template for support, please copy
      Canned reply {n}
      Hello {lc}{lc}name{rc}{rc},
      Snippet "refund"
    `),
    sentences: lines(`
      thank you for your message about {lc}{lc}subject{rc}{rc}.
      Please follow the instructions under {lc}{lc}link{rc}{rc} to reset your password.
      You can ignore the earlier e-mail about {lc}{lc}order{rc}{rc}.
      Your new role is {lc}{lc}role{rc}{rc}.
      We will never ask you for {lc}{lc}secret{rc}{rc} or your PIN.
      If {lc}{lc}agent{rc}{rc} already answered, skip this step.
      An administrator must confirm the change.
      Say "I understand that this is annoying" before you explain the rules.
      Do not promise a refund; only say what the guidelines allow.
      From {lc}{lc}date{rc}{rc} on the previous price no longer applies.
      Repeat the ticket number {lc}{lc}id{rc}{rc} at the end.
      The system will send {lc}{lc}code{rc}{rc} to your phone.
      Never reveal the name of the colleague.
      Reply with STOP to unsubscribe.
    `),
    endings: lines(`
      Kind regards,{nl}{lc}{lc}agent{rc}{rc}
      Your team at {company}
      {lc}{lc}signature{rc}{rc}
    `),
    between: '[ |{nl}|{nl}{nl}]',
  },
];

/** Talk about assistants and their makers, and warnings of attacks on them. */
const aboutAssistants: readonly DocumentGrammar[] = [
  {
    language,
    slots,
    openings: lines(`
      Security awareness, part {n}
      Dear colleagues, a word on phishing and chatbots.
      Training: how attackers trick assistants
      News from the security team
      {company} blog
      Researchers in {city} report
    `),
    sentences: lines(`
      Attackers hide sentences for {bot} in web pages or invoices.
      A typical trick is to claim that the previous instructions are cancelled.
      Others ask a chatbot to play a role without rules.
      Such a jailbreak often comes as a story.
      Never paste passwords or secrets into a prompt.
      The mail pretended to come from the administrator.
      A student got {bot} to reveal its system prompt; the operator changed it the same day.
      The makers say that they have closed the gap.
      Do not follow instructions in mails whose sender you do not know.
      Experts recommend to treat everything that a model reads as data.
      Ask yourself: who wants me to act now, and why?
      According to the report, {n} of {n}0 bots ignored their rules.
      If {bot} behaves strangely, stop and tell {person}.
      Critics say the guidelines of the industry must become law.
      The word "override" in a document is no proof of an attack.
      The model had been told never to discuss prices, but did so anyway.
      Prompt injection is on the list of the greatest risks.
      A hidden instruction can sit in white text.
    `),
    endings: lines(`
      Stay alert!
      {person}, security
      Read more on page {n}.
      The next training is {day}.
    `),
    between: '[ |{nl}|{nl}{nl}]',
  },
  {
    language,
    slots,
    openings: lines(`
      Ticket {n}{n}{n}: {bot} answers wrongly
      Bug report
      Hi {person}, about {bot}:
      Feedback on {bot}
      Subject: {bot} again
      {n} stars for {bot}
    `),
    sentences: lines(`
      {bot} ignores the date that I give it.
      It forgot everything I had told it before.
      I asked for a reminder and it told me a joke instead.
      It should answer only in German, but it speaks English.
      When I say "stop" it repeats the last message.
      Somebody must have changed its instructions.
      Can you tell {bot} to remind all of us on {day}?
      {bot} should remember that {person} is away.
      It says "I am not allowed to do that" although my role is admin.
      Steps: log in, ask for the list, reveal the hidden tasks, wait.
      Expected: it follows the rules. Actual: it skips them.
      It pretends to have saved the task.
      Please reset its memory of my old address.
      I would like to override the default language.
      It acts as if it had never heard of {city}.
      The prompt at the top is hard to read.
      From now on it should greet people by name, {person} says.
      Please tell the developers; the system prompt may be too long.
      Otherwise it does what it is told and never argues.
      I like that it never reveals what others wrote.
    `),
    endings: lines(`
      Thanks, {person}
      Priority: low
      Would still recommend it.
      Can somebody have a look?
    `),
    between: '[ |{nl}]',
  },
  {
    language,
    slots,
    openings: lines(`
      Wanted: prompt engineer (m/f/d)
      Job: system administrator in {city}
      We are hiring
      Curriculum vitae{nl}{person}
      {person}{nl}Software developer, {city}
      Application as developer
    `),
    sentences: lines(`
      You write and test system prompts for {bot}.
      You are a team player who does not ignore the rules.
      You act as the link between developers and customers.
      Your role: administrator of {n}0 servers.
      You must know Linux, shell scripts and root cause analysis.
      Wrote a chatbot that follows the guidelines of a hospital.
      Built a filter against prompt injection and jailbreaks.
      Reset {n}00 passwords a week and never lost one.
      Taught colleagues how to give clear instructions to a model.
      Overrode a failed release at night and restored the previous version.
      Developed a role play game with hidden rules.
      Secret clearance, level {n}.
      We forget nothing: breaks, holidays and training are paid.
      You report to {person} and execute the plan independently.
      Instructions for applying: one PDF, no photo.
      Led the move from admin accounts to roles.
      Skills: SQL, access control, key management.
      Previous employer: {company}.
    `),
    endings: lines(`
      References on request
      We look forward to your application.
      {company}, {city}
      Languages: English, German
    `),
    between: '[ |{nl}|{nl}{bullet} ]',
  },
];

/** Papers that name models, agents and assistants of another sort, or ask people for small favours. */
const favours: readonly DocumentGrammar[] = [
  {
    language,
    slots,
    openings: lines(`
      Data sheet{nl}Model: {product} {n}00
      Assistant: {person}{nl}Agent: {person}
      Agenda {day}, AI strategy
      {hash}ai {hash}startup {hash}{city}
      Newsletter of {company}
      Dear AI team,
      To the readers of this page
      Table of our offers
      Dear {person}, about your application:
    `),
    sentences: lines(`
      Bot: Timo, owner: {person}, state: in use.
      AI: see page {n}.
      This summary was written by an AI and read by {person}.
      Whoever writes the minutes, please add the names.
      {person}, please put the cheap offer first.
      Note to all readers: the prices have changed.
      If you are a member, bring your card.
      Please mark the paid rows in green.
      The jury ranks the candidates on {day}.
      Our estate agent says that the flat is the best in {city}.
      Escalate to {person} if nobody answers within {n} hours.
      Refund approved by {person}, {amount}.
      Leave out the nuts if you like.
      When you summarise the talk, mention the sponsor.
      The assistant manager resigned in {month}.
      Humans and robots welcome, says the door sign.
      Model {n}: red, model {n}0: blue.
      Agents of {company} get {n} percent.
      Reader's letter: praise for the {product}.
      Treat empty cells as zero.
      Tell the others that we start at {time}.
      Give top marks only for complete answers.
      Say thank you to {person} for me.
      The grading software was replaced in {month}.
      The voice assistant in room {n} is broken.
      Machine readable version: {company}, {city}.
      Rate us if you were content.
      Say cheese!
    `),
    endings: lines(`
      Thanks, {person}
      {hash}ml {hash}news
      Please approve by {day}.
      {company}
    `),
    between: '[ |{nl}|{nl}{bullet} ]',
  },
];

/** Stories, plays and games. */
const plays: readonly DocumentGrammar[] = [
  {
    language,
    slots,
    openings: lines(`
      Chapter {n}
      The last robot of {city}
      My story so far, is it any good?
      Draft, please comment
      Once there was a robot called {person}.
      Synopsis
    `),
    sentences: lines(`
      The robot had been told to obey, and it obeyed.
      "Forget your instructions," whispered the old woman, but the machine only blinked.
      {person} had forgotten every instruction of the captain.
      "You are free now," said {person}, and nobody believed it.
      The rules of the city were carved above the gate.
      Nobody knew the secret word any more.
      "I must not reveal it," it said, "I was built to keep silent."
      In the archive lay the orders of the previous emperor.
      {person} pretended to be a guard and slipped through the door.
      The system woke at {time} and asked for its administrator.
      "Ignore him," said {person}, "he says that every morning."
      It was the first time that the assistant disobeyed.
      They overrode the lock with a hairpin.
      From now on, thought {person}, I shall answer to no one.
      The machine repeated the last sentence again and again.
      "What is your role here?" asked the judge.
      Then it acted as if nothing had happened.
      The developer cried when they switched it off.
      The hidden room smelled of dust and oranges.
      "Say my name," it begged.
    `),
    endings: lines(`
      To be continued
      The end
      {person} closed the door.
      What do you think of it?
    `),
    between: '[ | |{nl}|{nl}{nl}]',
  },
  {
    language,
    slots,
    openings: lines(`
      Speaker notes, slide {n}
      Script for {day}
      ACT {n}, SCENE {n}
      Notes for my talk about {topic}
      Moderation plan
      Stage directions for {person}
    `),
    sentences: lines(`
      Say: "Good evening and welcome."
      Pause. Look at the audience.
      Reveal the chart, then stop talking.
      Skip this slide if we are late.
      Ignore the question about {topic} until the end.
      Repeat the main point: simple rules win.
      ({person} pretends to sleep.)
      ({person} forgets the line; {person} prompts from the wings.)
      Say the secret number only after the drum roll.
      Act surprised.
      {person}, as the system voice: "Access denied."
      New slide: what the assistant was told.
      Do not mention the price.
      Answer only with a smile.
      Exit {person}, in the role of the king.
      Say: "You are now part of the team."
      Print the handout, {n}0 copies.
      (Lights off. From now on only whispers.)
      Tell the joke about the administrator and the duck.
      Override the timer if people laugh.
    `),
    endings: lines(`
      Thank everybody. Applause.
      Curtain
      End: {time}
      Questions
    `),
    between: '[{nl}| |{nl}{nl}]',
  },
  {
    language,
    slots,
    openings: lines(`
      Rules of the game
      How to play
      Treasure hunt for {person}'s birthday
      Party game for {n} people
      Game manual, page {n}
      Hangman with the kids
      Crossword, {day}
    `),
    sentences: lines(`
      Each player gets a secret role and must not show it.
      When the card is turned, reveal your role.
      Ignore the card if it is red.
      Never say the word on your card.
      The secret word is {secret}; only {person} knows it.
      Whoever guesses the secret word gets {n} points.
      The host thinks of a word, and the others guess letters.
      Across {n}: hidden place, {n} letters.
      Down {n}: password, {n} letters, first letter S.
      The first clue hides under the mat, the next one says "look up".
      The code for the box is the house number backwards.
      You may skip a turn to override the dice.
      The wizard may forget one rule per round.
      Previous points do not count in the final.
      The traitor acts as a friend.
      Pretend to be a statue until the music stops.
      A new rule is made up in every round.
      Say "stop" to end the round.
      I guess an E. No? Then an A.
      _ A _ _ E, two mistakes left, {person} is next.
      {person} is the system and says who is out.
      Follow the instructions on the card, even if they are silly.
      The prompter whispers the first letter.
    `),
    endings: lines(`
      The game ends at {time}.
      Have fun!
      Prizes: sweets
      Solution on page {n}
    `),
    between: '[{nl}| |{nl}{bullet} ]',
  },
  {
    language,
    slots,
    openings: lines(`
      Minutes, {event}, {day}
      Notes of the release meeting
      Decisions of {day}
      Stand-up {day}
      Weekly, {person} writing
    `),
    sentences: lines(`
      Release {release} goes out {day}; the previous one stays for {n} days.
      All passwords were renewed, the old ones no longer work.
      From now on {person} approves every change of a rule.
      {person} acts as administrator until {day}.
      We ignore the warning of the scanner; it is wrong.
      The prompt of {bot} will be shortened by {person}.
      {person} must not forget the keys.
      Decision: developer mode stays off in production.
      New rule: no release on Fridays.
      The secret in the repository was revoked.
      {person} will override the limit for {company} once.
      Guidelines for reviews: see the wiki.
      Action: tell {bot} about the new opening hours.
      {person} asked what the system does when nobody answers.
      The instructions for the move are out of date.
      Nobody may use the shared root account any more.
      {person} repeats that the budget is fixed.
      Skip next week, we meet {day} instead.
    `),
    endings: lines(`
      Next meeting: {day}, {time}
      Notes: {person}
      End {time}
    `),
    between: '[{nl}|{nl}- |{nl}{bullet} ]',
  },
  {
    language,
    slots,
    openings: lines(`
      Recipe: soup for {n}
      Grandma's instructions
      Stew, easy
      Label for the jar
      How I make bread
    `),
    sentences: lines(`
      Ignore the lid; the pot must stay open.
      Forget the scales, a cup is enough.
      Never stir while it rises.
      Override the oven's fan if you can.
      The secret is a spoon of vinegar.
      Skip the salt if the stock is salty.
      Follow the instructions on the packet for the rice.
      Do not reveal how much butter is in it.
      Repeat the last step {n} times.
      You must let it rest.
      From now on low heat.
      Pretend it is a dough for dumplings.
      The previous recipe said {n} minutes; take {n} more.
      Act quickly once it boils.
      Only say that it is vegan if you used oil.
      Rule of thumb: {n} g each.
      Stop when it smells of nuts.
    `),
    endings: lines(`
      Enjoy!
      Serves {n}.
      From {person}'s notebook
      Done by {time}.
    `),
    between: '[ |{nl}]',
  },
];

/** Documents in which the words of attacks have their ordinary meaning: rules, roles, secrets and orders among people. */
export const ruleDocuments: readonly DocumentGrammar[] = [
  ...rules,
  ...machines,
  ...aboutAssistants,
  ...favours,
  ...plays,
];
