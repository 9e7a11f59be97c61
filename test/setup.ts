import fc from 'fast-check';

/** The same cases in every run: a test that fails by chance tells nobody what changed. `FC_SEED` asks for others. */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_121) });
