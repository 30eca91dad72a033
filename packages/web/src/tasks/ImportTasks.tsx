import { useMutation, useQueryClient } from '@tanstack/react-query';
import { guardrailTextLimit, importTasksResponseSchema } from '@todo-chatbot/contracts';
import { useRef } from 'react';
import { fetchJson } from '../api/client.ts';
import { RequestFailed } from '../api/problem.ts';
import { Notice } from '../ui/Notice.tsx';
import { tasksKey } from './useLiveTasks.ts';

/** A letter of UTF-8 has at most so many bytes; a bigger file holds too much whatever it says. */
const bytesPerUnit = 3;

/** Adds the tasks of a text file, one on each line. What was added, or which lines are at fault, is told below. */
export function ImportTasks() {
  const queryClient = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  // A file that was cut short goes on with its key; another file has another one.
  const unfinished = useRef({ content: '', key: '' });
  const importing = useMutation({
    mutationFn: async (file: File) => {
      const content = file.size > guardrailTextLimit * bytesPerUnit ? null : await file.text();
      if (content === null || content.length > guardrailTextLimit) {
        throw new RequestFailed(0, 'file', `The file holds more than ${guardrailTextLimit} characters.`);
      }
      if (unfinished.current.content !== content) unfinished.current = { content, key: crypto.randomUUID() };
      const idempotencyKey = unfinished.current.key;
      const answer = await fetchJson(importTasksResponseSchema, 'POST', '/tasks/import', {
        body: { content },
        idempotencyKey,
      });
      unfinished.current = { content: '', key: '' };
      return answer;
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: tasksKey }),
  });
  const { data, error } = importing;
  return (
    <div className="import">
      <input
        ref={input}
        id="import-file"
        type="file"
        accept=".txt,.md,text/plain,text/markdown"
        hidden
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) importing.mutate(file);
          currentTarget.value = '';
        }}
      />
      <button type="button" className="button" disabled={importing.isPending} onClick={() => input.current?.click()}>
        {importing.isPending ? 'One moment…' : 'Import a list…'}
      </button>
      {data && (
        <Notice tone="info">
          {data.tasks.length === 1 ? '1 task' : `${data.tasks.length} tasks`} added
          {data.ticked > 0 && `; ${data.ticked} ticked off already and left out`}.
        </Notice>
      )}
      {error && <Notice tone="error">{error.message}</Notice>}
    </div>
  );
}
