import type { Signal } from './host.ts';

const EXIT_CODES: Readonly<Record<Signal, number>> = { SIGINT: 130, SIGTERM: 143 };
const SIGNALS = Object.keys(EXIT_CODES) as Signal[];

/** The part of `process` that deals with signals. */
export interface SignalSource {
  on(signal: Signal, receive: (signal: Signal) => void): unknown;
  off(signal: Signal, receive: (signal: Signal) => void): unknown;
  exit(code: number): void;
}

export interface SignalDesk {
  onSignal(listener: (signal: Signal) => void): () => void;
  uninterrupted<T>(work: () => Promise<T>): Promise<T>;
}

/** Holds signals back while something must not be interrupted; listens only as long as anybody needs it. */
export function signalDesk(source: SignalSource): SignalDesk {
  const listeners = new Set<(signal: Signal) => void>();
  let holds = 0;
  let held: Signal | undefined;
  let listening = false;

  function receive(signal: Signal): void {
    if (holds > 0) held = signal;
    else if (listeners.size === 0) source.exit(EXIT_CODES[signal]);
    else for (const listener of listeners) listener(signal);
  }

  function listen(): void {
    const wanted = holds > 0 || listeners.size > 0;
    if (wanted === listening) return;
    listening = wanted;
    for (const signal of SIGNALS) source[wanted ? 'on' : 'off'](signal, receive);
  }

  function release(): void {
    holds -= 1;
    const signal = holds === 0 ? held : undefined;
    if (signal !== undefined) {
      held = undefined;
      receive(signal);
    }
    listen();
  }

  return {
    onSignal(listener) {
      listeners.add(listener);
      listen();
      return () => {
        listeners.delete(listener);
        listen();
      };
    },
    async uninterrupted(work) {
      holds += 1;
      listen();
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
