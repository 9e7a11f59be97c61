import { setTimeout } from 'node:timers/promises';

const POLL_MS = 50;

/** Asks until the answer is neither `undefined` nor `false`; after the time is up it fails, saying what never came. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 30_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs / 1000} s in vain: ${what}`);
    await setTimeout(POLL_MS);
  }
}
