export { createRunAlone } from '@todo-chatbot/service-kit';

/** Advisory locks of the jobs of which one replica does each at a time; numbers that nothing else in this database uses. */
export const jobLocks = {
  silence: 69_620,
  deadLetters: 69_621,
  verification: 69_622,
  entryScan: 69_623,
  logScan: 69_624,
};
