import type { LaunchSpec } from './launch.ts';

/** Keeps the newest spans in memory only: as many as fit into the heap below with room to spare. */
const longestHistorySpans = 50_000;

/** Collector and viewer of traces, on 127.0.0.1. */
export function zipkinLaunchSpec(options: {
  java: string;
  jar: string;
  port: number;
  directory: string;
  logFile: string;
}): LaunchSpec {
  return {
    command: options.java,
    args: [
      '-Xmx128m',
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-Darmeria.ports[0].ip=127.0.0.1',
      // By default the page of any site that is open in a browser here could read the traces.
      `-Dzipkin.query.allowed-origins=http://127.0.0.1:${options.port}`,
      `-Darmeria.ports[0].port=${options.port}`,
      '-Darmeria.ports[0].protocols[0]=http',
      '-jar',
      options.jar,
    ],
    cwd: options.directory,
    env: { MEM_MAX_SPANS: String(longestHistorySpans) },
    logFile: options.logFile,
  };
}
