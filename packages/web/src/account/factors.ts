import { factorsSchema } from '@todo-chatbot/contracts';
import { fetchJson } from '../api/client.ts';

/** Cache key of the account's second factors. */
export const factorsKey = ['factors'] as const;

/** The second factors of the account. */
export const loadFactors = () => fetchJson(factorsSchema, 'GET', '/auth/factors');
