import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Signal } from '../../src/host/host.ts';
import { signalDesk } from '../../src/host/signals.ts';

function start() {
  const exits: number[] = [];
  const source = Object.assign(new EventEmitter(), { exit: (code: number) => void exits.push(code) });
  const send = (signal: Signal) => source.emit(signal, signal);
  return { desk: signalDesk(source), source, exits, send };
}

describe('signalDesk', () => {
  it('leaves signals to the system while nobody listens', () => {
    const { source, desk } = start();
    desk.onSignal(() => {})();
    expect(source.eventNames()).toEqual([]);
  });

  it('tells listeners', () => {
    const { desk, exits, send } = start();
    const heard: Signal[] = [];
    const stop = desk.onSignal((signal) => heard.push(signal));
    send('SIGINT');
    send('SIGTERM');
    stop();
    send('SIGINT');
    expect(heard).toEqual(['SIGINT', 'SIGTERM']);
    expect(exits).toEqual([]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends with %s after the work that it came into', async (signal, code) => {
    const { desk, exits, send, source } = start();
    const result = await desk.uninterrupted(async () => {
      send(signal);
      await desk.uninterrupted(async () => {});
      expect(exits).toEqual([]);
      return 'done';
    });
    expect(result).toBe('done');
    expect(exits).toEqual([code]);
    expect(source.eventNames()).toEqual([]);
  });

  it('tells listeners afterwards, also when the work failed', async () => {
    const { desk, exits, send } = start();
    const heard: Signal[] = [];
    desk.onSignal((signal) => heard.push(signal));
    const work = desk.uninterrupted(async () => {
      send('SIGTERM');
      expect(heard).toEqual([]);
      throw new Error('broken');
    });
    await expect(work).rejects.toThrow('broken');
    expect(heard).toEqual(['SIGTERM']);
    expect(exits).toEqual([]);
  });
});
