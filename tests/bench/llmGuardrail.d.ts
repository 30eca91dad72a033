// The package has no types of its own.
declare module 'llm_guardrail' {
  interface Check {
    readonly detected: boolean;
  }
  export function checkInjection(text: string): Promise<Check>;
  export function checkJailbreak(text: string): Promise<Check>;
}
