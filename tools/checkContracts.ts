/** Names each field of the contracts' schemas that nobody said of what kind of data it holds (PRIV-1), and exits 1 if there is one. */
import * as contracts from '@todo-chatbot/contracts';

for (const { path, category } of contracts.fieldsOf(contracts.schemasOf(contracts))) {
  if (category !== undefined) continue;
  console.error(`${path} has no category: say annotated(schema, '…') where its schema is made.`);
  process.exitCode = 1;
}
