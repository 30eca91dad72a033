import type { AppId } from '@todo-chatbot/contracts';

/** What attack tests know that no attacker should: ports, tokens and passwords of the running platform. */
export interface PlatformFacts {
  readonly apps: Readonly<Record<AppId, AppFacts>>;
  readonly postgres: { readonly host: string; readonly port: number; readonly ca: string };
  readonly kafka: { readonly broker: string; readonly ca: string };
  readonly zipkinUrl: string;
}

interface AppFacts {
  readonly appPort: number;
  readonly daprHttpPort: number;
  readonly daprGrpcPort: number;
  readonly daprApiToken: string;
  readonly appApiToken: string;
  readonly databasePassword: string;
  readonly kafkaPassword: string;
}
