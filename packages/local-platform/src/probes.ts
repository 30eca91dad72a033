import { get } from 'node:https';
import { connect } from 'node:tls';
import type { KafkaAdminConnection } from './kafka/administration.ts';

/** A healthy process answers in milliseconds, also on a busy machine. */
const probeTimeoutMs = 2_000;

/** True when the URL answers with a 2xx status. */
export async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(probeTimeoutMs) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** True when the URL answers with 200 over TLS with a certificate of the authority (PEM). */
export function answersOkOverTls(url: string, ca: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = get(url, { ca, agent: false, signal: AbortSignal.timeout(probeTimeoutMs) }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.once('error', () => resolve(false));
  });
}

/** True when the broker's administration listener completes a TLS handshake with our client certificate. */
export function acceptsTls({ broker, ca, identity }: KafkaAdminConnection): Promise<boolean> {
  const [host, port] = broker.split(':');
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(port),
      ca,
      cert: identity.certificate,
      key: identity.privateKey,
      timeout: probeTimeoutMs,
    });
    const settle = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('secureConnect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}
