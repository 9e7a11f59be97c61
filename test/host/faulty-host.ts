import { HostError } from '../../src/host/host.ts';
import type { MemoryHost } from '../memory-host.ts';

const CHANGES = [
  'writeText',
  'createText',
  'makeFolder',
  'makeFolders',
  'syncFolder',
  'rename',
  'removeFile',
  'removeEmptyFolder',
  'removeTree',
] as const;

/** `before`: the step is not done. `after`: it is done, and nobody hears of it. `torn`: a text is written by half. */
export type FaultMode = 'before' | 'after' | 'torn';

export interface FaultyHost {
  readonly host: MemoryHost;
  /** How many changes were asked for. */
  count(): number;
}

/** A host whose k-th change fails, counted from 0; `dead` ones never do anything again. */
export function faultyHost(inner: MemoryHost, failing: number, mode: FaultMode, dead: boolean): FaultyHost {
  let count = 0;
  const wrapped = { ...inner };
  for (const name of CHANGES) {
    const change = inner[name] as (...args: unknown[]) => Promise<unknown>;
    const faulty = async (path: string, ...rest: unknown[]) => {
      const index = count++;
      const fault = new HostError(path, `cannot use \`${path}\`: fault ${index}`);
      if (dead && index > failing) throw fault;
      if (index !== failing) return change(path, ...rest);
      if (mode === 'torn' && typeof rest[0] === 'string' && name !== 'rename')
        await inner.writeText(path, rest[0].slice(0, rest[0].length / 2));
      if (mode === 'after') await change(path, ...rest);
      throw fault;
    };
    Object.assign(wrapped, { [name]: faulty });
  }
  return { host: wrapped, count: () => count };
}
