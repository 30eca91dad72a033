import { useQuery, useQueryClient } from '@tanstack/react-query';
import { conversationSchema } from '@todo-chatbot/contracts';
import { type FormEvent, Fragment, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { refreshEntries } from '../activity/entries.ts';
import { fetchJson } from '../api/client.ts';
import { RequestFailed } from '../api/problem.ts';
import { ConsentRequest, useAssistantConsent } from '../privacy/ConsentRequest.tsx';
import { reloadConsents } from '../privacy/consents.ts';
import { tasksKey } from '../tasks/useLiveTasks.ts';
import { Notice } from '../ui/Notice.tsx';
import { RefusalFeedback } from './RefusalFeedback.tsx';
import { streamReply } from './streamReply.ts';

const examples = [
  'add buy milk to my shopping list for tomorrow at 5pm',
  'remind me to call the dentist on Friday at 9',
  'what is on my list?',
];

const messageLimit = 4000;

interface Bubble {
  readonly id: string;
  readonly author: 'user' | 'bot';
  readonly text: string;
  readonly isStreaming?: boolean;
  /** The decision by which the message before was refused. */
  readonly judgementId?: string | undefined;
}

interface Failed {
  readonly text: string;
  readonly idempotencyKey: string;
  readonly reason: string;
}

/** The conversation: history, streamed answers and the message box. */
export function ChatPanel() {
  const history = useQuery({
    queryKey: ['conversation'],
    queryFn: () => fetchJson(conversationSchema, 'GET', '/chat/messages'),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const [fresh, setFresh] = useState<readonly Bubble[]>([]);
  const [failed, setFailed] = useState<Failed | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const conversationId = useRef<string | null>(null);
  const end = useRef<HTMLDivElement>(null);
  const queryClient = useQueryClient();
  const consent = useAssistantConsent();
  const mayWrite = consent === 'given';
  if (conversationId.current === null && history.data) conversationId.current = history.data.id;

  const bubbles: readonly Bubble[] = [...(history.data?.messages ?? []), ...fresh];
  const lastText = bubbles.at(-1)?.text;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new piece of text moves the view to the end
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [lastText, bubbles.length]);

  const say = async (text: string, idempotencyKey: string = crypto.randomUUID(), isRepeat = false) => {
    setIsBusy(true);
    setFailed(null);
    const answer: Bubble = { id: `${idempotencyKey}-answer`, author: 'bot', text: '', isStreaming: true };
    setFresh((known) => [
      ...known.filter((bubble) => bubble.id !== answer.id),
      ...(isRepeat ? [] : [{ id: idempotencyKey, author: 'user' as const, text }]),
      answer,
    ]);
    const change = (next: Bubble | null) =>
      setFresh((known) => known.flatMap((bubble) => (bubble.id === answer.id ? (next ? [next] : []) : [bubble])));
    try {
      const done = await streamReply({ text, conversationId: conversationId.current, idempotencyKey }, (soFar) =>
        change({ ...answer, text: soFar }),
      );
      conversationId.current = done.conversationId;
      change({ ...answer, text: done.reply, isStreaming: false, judgementId: done.judgementId });
      await queryClient.invalidateQueries({ queryKey: tasksKey });
      refreshEntries(queryClient);
    } catch (error) {
      change(null);
      if (error instanceof RequestFailed && error.code === 'consent.required') reloadConsents(queryClient);
      setFailed({ text, idempotencyKey, reason: error instanceof Error ? error.message : 'Something went wrong.' });
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <section className="panel panel-chat" aria-labelledby="chat-title">
      <h2 id="chat-title" className="panel-title">
        Chat
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div className="messages" role="log" aria-live="polite" aria-label="Conversation" tabIndex={0}>
        {history.isError && <Notice tone="error">{history.error.message}</Notice>}
        {history.isSuccess && bubbles.length === 0 && mayWrite && (
          <div className="empty">
            <p className="empty-title">What would you like to get done?</p>
            <p>Write it as you would say it, or start with one of these.</p>
            {examples.map((example) => (
              <button key={example} type="button" className="chip" disabled={isBusy} onClick={() => say(example)}>
                {example}
              </button>
            ))}
          </div>
        )}
        {bubbles.map(({ id, author, text, isStreaming, judgementId }) => (
          <Fragment key={id}>
            <article className={`bubble bubble-${author}`} aria-busy={isStreaming === true}>
              <span className="visually-hidden">{author === 'user' ? 'You: ' : 'Assistant: '}</span>
              {text === '' && isStreaming ? <TypingDots /> : text}
            </article>
            {judgementId !== undefined && <RefusalFeedback judgementId={judgementId} />}
          </Fragment>
        ))}
        {consent !== undefined && consent !== 'given' && <ConsentRequest state={consent} />}
        {failed && mayWrite && (
          <Notice tone="error">
            {failed.reason}{' '}
            <button
              type="button"
              className="link"
              onClick={() => say(failed.text, failed.idempotencyKey, true)}
              disabled={isBusy}
            >
              Send again
            </button>
          </Notice>
        )}
        <div ref={end} />
      </div>
      <Composer isBusy={isBusy} mayWrite={mayWrite} onSend={say} />
    </section>
  );
}

function TypingDots() {
  return (
    <span className="dots" role="img" aria-label="The assistant is writing">
      <i />
      <i />
      <i />
    </span>
  );
}

interface ComposerProps {
  readonly isBusy: boolean;
  readonly mayWrite: boolean;
  readonly onSend: (text: string) => void;
}

function Composer({ isBusy, mayWrite, onSend }: ComposerProps) {
  const [text, setText] = useState('');
  const canSend = mayWrite && !isBusy && text.trim() !== '';
  const submit = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (!canSend) return;
    onSend(text.trim());
    setText('');
  };
  return (
    <form className="composer" onSubmit={submit}>
      <label htmlFor="message" className="visually-hidden">
        Message
      </label>
      <textarea
        id="message"
        rows={1}
        maxLength={messageLimit}
        placeholder={mayWrite ? 'Write a message…' : 'Agree to the assistant first'}
        disabled={!mayWrite}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
        }}
      />
      <button type="submit" className="button button-main" disabled={!canSend}>
        Send
      </button>
    </form>
  );
}
