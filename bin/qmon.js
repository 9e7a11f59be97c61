#!/usr/bin/env node
import module from 'node:module';

// Node 22 and later keep compiled code between runs; older ones have nothing to enable.
module.enableCompileCache?.();

const { main } = await import('../dist/main.js');
process.exitCode = await main(process.argv);
