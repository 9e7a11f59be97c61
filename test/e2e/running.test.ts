import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { describeWithTools } from '../tools.ts';
import { tellsPeople } from './alerting.ts';
import { holdsWhenAllFails, recordsInPeace } from './evaluation.ts';
import { type Pair, startPair } from './pair.ts';
import { NEEDED, type Programs, pairsAtHand, titleOf } from './programs.ts';

describeWithTools(NEEDED, 'the example, running', () => {
  const [usual, newest] = pairsAtHand();
  const pairs: Pair[] = [];

  // Together, because most of the time they wait for Prometheus to find its targets.
  beforeAll(async () => {
    const started = await Promise.allSettled([usual, newest].filter((each) => each !== undefined).map(startPair));
    pairs.push(...started.filter((each) => each.status === 'fulfilled').map(({ value }) => value));
    const failed = started.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
  }, 120_000);

  afterAll(async () => {
    await Promise.all(pairs.map((pair) => pair.stop()));
  });

  /** What runs on one of the pairs, with its logs where it fails. */
  function on(index: number, programs: Programs, body: (pair: () => Pair) => void): void {
    const pair = () => pairs[index] as Pair;
    describe(titleOf(programs), () => {
      afterEach(({ task }) => {
        if (task.result?.state === 'fail') console.error(pair().log());
      });
      body(pair);
    });
  }

  // First, because errors tell more while there is little history of success.
  if (newest) {
    on(1, newest, (pair) => {
      describe('in peace', () => recordsInPeace(pair));
      describe('when all fails', () => holdsWhenAllFails(pair));
    });
  } else {
    process.stderr.write(
      '\n!!! SKIPPED: newer releases of Prometheus and Alertmanager are not at hand (scripts/tools.mjs)\n\n',
    );
  }
  if (usual) {
    on(0, usual, (pair) => {
      describe('in peace', () => recordsInPeace(pair));
      describe('in need', () => tellsPeople(pair));
      describe('when all fails', () => holdsWhenAllFails(pair));
    });
  }
});
