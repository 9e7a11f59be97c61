import { Chalk, type ChalkInstance } from 'chalk';

/** Colours and weights of text; without colour they return it as it is. */
export type Brush = ChalkInstance;

/** The brush for a stream: whether it takes colour is the caller's to know, never looked up in the environment. */
export function brush(color: boolean): Brush {
  return new Chalk({ level: color ? 1 : 0 });
}
